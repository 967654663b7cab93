//! The styles of a document: what a paragraph is, and how its words look.

use std::collections::BTreeMap;

use super::xml::Element;

/// Chains of styles that are based on each other are followed so far.
const LONGEST_CHAIN: usize = 30;

/// What a paragraph of a style is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Kind {
    /// Text.
    #[default]
    Text,
    /// A heading, from level 1.
    Heading(u8),
    /// The title of the whole document.
    Title,
    /// Its subtitle.
    Subtitle,
    /// Who wrote it.
    Author,
    /// A quotation.
    Quote,
    /// A motto at the beginning of a chapter.
    Epigraph,
    /// Lines of a poem.
    Verse,
    /// A dedication.
    Dedication,
    /// A line of a listing.
    Code,
    /// The caption of a figure or table.
    Caption,
    /// A line of a table of contents that Word has made.
    Contents,
}

/// The look of words that has a meaning.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub bold: bool,
    pub italic: bool,
    pub strike: bool,
    pub small_caps: bool,
    pub code: bool,
    /// `superscript` or `subscript`.
    pub script: Option<Script>,
}

/// Letters above or below the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Above,
    Below,
}

#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    properties: Element,
    numbering: Option<(String, usize)>,
    outline: Option<u8>,
}

/// The styles by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: BTreeMap<String, Style>,
    default_paragraph: Option<String>,
    /// The language of the text.
    pub language: Option<String>,
}

impl Styles {
    /// Reads `styles.xml`.
    pub fn read(xml: &Element) -> Styles {
        let mut out = Styles::default();
        let Some(root) = xml.child("w:styles") else { return out };
        let language = root.find("w:docDefaults").and_then(|d| d.find("w:lang"));
        out.language = language.and_then(|lang| lang.get("val")).map(str::to_owned);
        for style in root.children.iter().filter(|child| child.name == "w:style") {
            let Some(id) = style.get("styleId") else { continue };
            let paragraph = style.child("w:pPr");
            let outline = paragraph.and_then(|p| p.value_of("w:outlineLvl"));
            let is_default = matches!(style.get("default"), Some("1" | "true"));
            if is_default && style.get("type") == Some("paragraph") {
                out.default_paragraph = Some(id.to_owned());
            }
            let entry = Style {
                name: style.value_of("w:name").unwrap_or(id).to_lowercase(),
                based_on: style.value_of("w:basedOn").map(str::to_owned),
                properties: style.child("w:rPr").cloned().unwrap_or_default(),
                numbering: paragraph.and_then(numbering_of),
                outline: outline.and_then(|level| level.parse().ok()),
            };
            out.styles.insert(id.to_owned(), entry);
        }
        out
    }

    /// The style and those it is based on, itself first.
    fn chain<'s>(&'s self, id: &str) -> impl Iterator<Item = &'s Style> {
        let mut next = self.styles.get(id);
        let chain = std::iter::from_fn(move || {
            let style = next?;
            next = style.based_on.as_ref().and_then(|id| self.styles.get(id));
            Some(style)
        });
        chain.take(LONGEST_CHAIN)
    }

    /// What a paragraph of a style is.
    pub fn kind(&self, id: Option<&str>) -> Kind {
        let Some(id) = id else { return Kind::Text };
        if !self.styles.contains_key(id) {
            return kind_of_name(&id.to_lowercase()).unwrap_or_default();
        }
        self.chain(id)
            .find_map(|style| {
                let heading =
                    style.outline.filter(|level| *level < 9).map(|l| Kind::Heading(l + 1));
                kind_of_name(&style.name).or(heading)
            })
            .unwrap_or_default()
    }

    /// The numbering that a style has.
    pub fn numbering(&self, id: Option<&str>) -> Option<(String, usize)> {
        self.chain(id?).find_map(|style| style.numbering.clone())
    }

    /// How words of a paragraph and character style look; of a heading or caption only
    /// what its words have themselves counts.
    pub fn look(&self, character: Option<&str>, paragraph: Option<&str>) -> Look {
        let mut look = Look::default();
        let own = paragraph.filter(|id| self.kind(Some(id)) == Kind::Text);
        let own = own.filter(|id| Some(*id) != self.default_paragraph.as_deref());
        for id in own.into_iter().chain(character) {
            let chain: Vec<&Style> = self.chain(id).collect();
            for style in chain.into_iter().rev() {
                look.apply(&style.properties);
                look.code |= is_code(&style.name);
                look.bold |= style.name == "strong";
                look.italic |= style.name == "emphasis";
            }
        }
        look
    }
}

impl Look {
    /// Applies the properties of a run or style.
    pub fn apply(&mut self, properties: &Element) {
        let switch = |names: [&str; 2]| names.iter().find_map(|name| properties.switch(name));
        self.bold = switch(["w:b", "w:bCs"]).unwrap_or(self.bold);
        self.italic = switch(["w:i", "w:iCs"]).unwrap_or(self.italic);
        self.strike = switch(["w:strike", "w:dstrike"]).unwrap_or(self.strike);
        self.small_caps = properties.switch("w:smallCaps").unwrap_or(self.small_caps);
        self.script = match properties.value_of("w:vertAlign") {
            Some("superscript") => Some(Script::Above),
            Some("subscript") => Some(Script::Below),
            Some(_) => None,
            None => self.script,
        };
    }
}

/// The numbering of a paragraph's or style's properties: its id and level.
pub(super) fn numbering_of(properties: &Element) -> Option<(String, usize)> {
    let numbering = properties.child("w:numPr")?;
    let level = numbering.value_of("w:ilvl").and_then(|level| level.parse().ok());
    Some((numbering.value_of("w:numId")?.to_owned(), level.unwrap_or(0)))
}

fn is_code(name: &str) -> bool {
    ["code", "preformatted", "verbatim", "source text", "listing"]
        .iter()
        .any(|word| name.contains(word))
}

/// What styles are by their names, which Word writes in English in every language.
fn kind_of_name(name: &str) -> Option<Kind> {
    if let Some(level) = name.strip_prefix("heading ").or(name.strip_prefix("heading")) {
        return level.trim().parse().ok().filter(|l| (1..=9).contains(l)).map(Kind::Heading);
    }
    if name.starts_with("toc ") || name.starts_with("contents ") {
        return Some(Kind::Contents);
    }
    let kind = match name {
        "title" => Kind::Title,
        "subtitle" => Kind::Subtitle,
        "author" | "byline" => Kind::Author,
        "quote" | "intense quote" | "block text" | "quotations" | "blockquote" => Kind::Quote,
        "epigraph" | "motto" => Kind::Epigraph,
        "dedication" => Kind::Dedication,
        "caption" | "figure" | "table" | "illustration" => Kind::Caption,
        _ if name.contains("verse") || name.contains("poem") || name.contains("poetry") => {
            Kind::Verse
        }
        _ if is_code(name) => Kind::Code,
        _ => return None,
    };
    Some(kind)
}
