//! What each element of HTML is in the model.

use super::html::Tag;
use super::node::{CellKind, Counting, Kind};
use crate::manuscript::dialects::admonition_kind;
use crate::manuscript::markdown::classes;
use crate::model::{
    AdmonitionKind, Align, Attrs, CodeRole, Direction, ImageWidth, Lang, ListStyle, QuoteRole,
    SpanRole,
};

/// What an element is.
pub(super) enum ElementKind {
    /// An element with content.
    Element(Kind),
    /// Complete in itself.
    Leaf(Kind),
    /// Means nothing in a book and is not missed.
    Ignored,
    /// The model has no word for it; its text is kept.
    Unknown,
    /// Nothing of it can be in a book.
    Dropped,
    /// A book can only link to it.
    Media(Kind),
}

/// What an element with these attributes is.
pub(super) fn classify(tag: &Tag) -> ElementKind {
    let kind = match tag.name.as_str() {
        "em" | "i" | "dfn" | "var" => Kind::Emph,
        "strong" | "b" => Kind::Strong,
        "s" | "del" | "strike" => Kind::Strike,
        "sub" => Kind::Sub,
        "sup" => Kind::Sup,
        "cite" => Kind::Cite,
        "q" => Kind::Quoted,
        "code" | "tt" => Kind::CodeWords(CodeRole::Code),
        "kbd" => Kind::CodeWords(CodeRole::Keyboard),
        "samp" => Kind::CodeWords(CodeRole::Sample),
        "ruby" => Kind::Ruby,
        "rb" => Kind::RubyBase,
        "rt" | "rtc" => Kind::Reading,
        "ins" => inline_group(tag, SpanRole::Inserted),
        "u" => inline_group(tag, SpanRole::Underlined),
        "mark" => inline_group(tag, SpanRole::Marked),
        "small" => inline_group(tag, SpanRole::Small),
        "span" | "abbr" | "acronym" | "time" | "bdi" | "bdo" => inline_group(tag, SpanRole::Plain),
        "tbody" | "tfoot" | "picture" | "font" | "big" | "nobr" | "data" | "label" | "output"
        | "noscript" | "html" | "body" => Kind::Transparent,
        "rp" => Kind::Skip,
        "a" => link(tag),
        "br" => return ElementKind::Leaf(Kind::HardBreak),
        "hr" => return ElementKind::Leaf(rule(tag)),
        "img" => return image(tag),
        "p" => Kind::Paragraph,
        "h1" => Kind::Heading(1),
        "h2" => Kind::Heading(2),
        "h3" => Kind::Heading(3),
        "h4" => Kind::Heading(4),
        "h5" => Kind::Heading(5),
        "h6" => Kind::Heading(6),
        "blockquote" => group(tag, Kind::Quote(QuoteRole::Plain)),
        "div" | "aside" | "section" | "details" | "article" | "header" | "main" | "nav"
        | "hgroup" | "address" | "center" | "form" | "fieldset" | "dialog" | "search" => {
            group(tag, Kind::Div)
        }
        "footer" => Kind::Footer,
        "summary" | "legend" => Kind::Summary,
        "figure" => Kind::Figure,
        "figcaption" | "caption" => Kind::Caption,
        "ul" | "menu" => Kind::List(None),
        "ol" => Kind::List(Some(Counting {
            start: number(tag, "start"),
            numbering: ListStyle::from_html_type(tag.get("type").unwrap_or("")),
            down: tag.get("reversed").is_some(),
        })),
        "li" => Kind::Item(number(tag, "value")),
        "dl" => Kind::Definitions,
        "dt" => Kind::Term,
        "dd" => Kind::Meaning,
        "pre" => Kind::CodeBlock { lang: None },
        "table" => Kind::Table(Vec::new()),
        "thead" => Kind::TableHead,
        "tr" => Kind::TableRow,
        "td" | "th" => Kind::Cell(cell(tag)),
        "wbr" => return ElementKind::Leaf(Kind::Text("\u{200B}".to_owned())),
        "input" if tag.get("type").is_some_and(|t| t.eq_ignore_ascii_case("checkbox")) => {
            return ElementKind::Leaf(Kind::Task(tag.get("checked").is_some()));
        }
        "col" | "colgroup" | "source" | "track" | "head" | "meta" | "link" | "base" | "area"
        | "map" | "param" => {
            return ElementKind::Ignored;
        }
        "svg" => Kind::Drawing,
        "math" => Kind::Formula(tag.get("display").is_some_and(|d| d.trim() == "block")),
        "iframe" | "video" | "audio" | "embed" | "object" => return ElementKind::Media(media(tag)),
        "script" | "style" | "template" | "title" => return ElementKind::Dropped,
        _ => return ElementKind::Unknown,
    };
    ElementKind::Element(kind)
}

/// Whether an element never has content (HTML standard, section 13.1.2).
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Whether `<name/>` is meant to be complete: writers of XHTML close empty
/// anchors and groups so, and nobody closes a paragraph of text so.
pub(super) fn closes_itself(name: &str) -> bool {
    matches!(name, "a" | "span" | "div" | "script" | "iframe" | "p" | "svg" | "td" | "th")
}

/// Whether a start tag ends an element that is still open, since the one can't
/// be within the other (HTML standard, section 13.1.2.4).
pub(super) fn closes(start: &str, open: &str) -> bool {
    match open {
        "p" => matches!(
            start,
            "p" | "div"
                | "ul"
                | "ol"
                | "dl"
                | "table"
                | "blockquote"
                | "figure"
                | "pre"
                | "hr"
                | "h1"
                | "h2"
                | "h3"
                | "h4"
                | "h5"
                | "h6"
                | "section"
                | "aside"
                | "details"
                | "address"
                | "article"
                | "center"
                | "dd"
                | "dt"
                | "figcaption"
                | "footer"
                | "form"
                | "header"
                | "li"
                | "main"
                | "menu"
                | "nav"
                | "summary"
                | "td"
                | "th"
                | "tr"
        ),
        "a" => start == "a",
        "li" => start == "li",
        "dt" | "dd" => matches!(start, "dt" | "dd"),
        "td" | "th" => matches!(start, "td" | "th" | "tr" | "tbody" | "thead" | "tfoot"),
        "tr" => matches!(start, "tr" | "tbody" | "thead" | "tfoot"),
        "thead" | "tbody" => matches!(start, "tbody" | "tfoot"),
        "rb" | "rt" | "rp" => matches!(start, "rb" | "rt" | "rtc" | "rp"),
        "rtc" => matches!(start, "rb" | "rtc"),
        _ => false,
    }
}

/// Id, classes, language and direction. An anchor's old `name` is its id.
pub(super) fn attributes(tag: &Tag) -> Attrs {
    let mut attrs = Attrs::default();
    let name = if tag.name == "a" { tag.get("name") } else { None };
    if let Some(id) = tag.get("id").or(name).filter(|id| !id.trim().is_empty()) {
        attrs.set_id(id.trim());
    }
    let admonition = tag.classes().any(|class| class == "admonition");
    for class in tag.classes().filter(|class| !classes::is_kind(class)) {
        if admonition && admonition_kind(class).is_some() {
            continue;
        }
        classes::add(&mut attrs, class);
    }
    let lang = tag.get("lang").or_else(|| tag.get("xml:lang"));
    if let Some(lang) = lang.and_then(|lang| Lang::new(lang.trim())) {
        attrs.set_lang(lang);
    }
    if tag.name == "abbr"
        && let Some(title) = tag.get("title").filter(|title| !title.trim().is_empty())
    {
        attrs.set_expansion(super::node::clean(title.trim()));
    }
    match tag.get("dir").map(str::trim) {
        Some("rtl") => attrs.set_dir(Direction::Rtl),
        Some("ltr") => attrs.set_dir(Direction::Ltr),
        _ => {}
    }
    attrs
}

fn group(tag: &Tag, otherwise: Kind) -> Kind {
    let has = |class: &str| tag.classes().any(|c| c == class);
    if has("pullquote") || has("pull-quote") {
        Kind::Quote(QuoteRole::Pull)
    } else if has("epigraph") {
        Kind::Quote(QuoteRole::Epigraph)
    } else if has("verse") || has("poem") {
        Kind::Verse
    } else if has("page-break") || has("pagebreak") {
        Kind::PageBreak
    } else if has("admonition") {
        let kind = tag.classes().filter(|c| *c != "admonition").find_map(admonition_kind);
        Kind::Admonition(kind.unwrap_or(AdmonitionKind::Note))
    } else {
        otherwise
    }
}

fn inline_group(tag: &Tag, otherwise: SpanRole) -> Kind {
    let by_class = tag.classes().any(|c| matches!(c, "smallcaps" | "small-caps"));
    let by_style = tag.get("style").is_some_and(|s| s.contains("small-caps"));
    if by_class || by_style { Kind::SmallCaps } else { Kind::Span(otherwise) }
}

fn link(tag: &Tag) -> Kind {
    match tag.get("href") {
        Some(href) => Kind::Link(href.trim().to_owned()),
        None => Kind::Span(SpanRole::Plain),
    }
}

fn number(tag: &Tag, attribute: &str) -> Option<u64> {
    tag.get(attribute)?.trim().parse().ok()
}

fn media(tag: &Tag) -> Kind {
    let src = tag.get("src").or_else(|| tag.get("data")).map(str::trim);
    let title = tag.get("title").or_else(|| tag.get("aria-label")).unwrap_or("").trim();
    Kind::Media {
        src: src.filter(|src| !src.is_empty()).map(str::to_owned),
        title: super::node::clean(title),
    }
}

fn rule(tag: &Tag) -> Kind {
    if tag.classes().any(|c| matches!(c, "page-break" | "pagebreak")) {
        Kind::PageBreak
    } else {
        Kind::Rule
    }
}

fn image(tag: &Tag) -> ElementKind {
    let Some(src) = tag.get("src").map(str::trim).filter(|src| !src.is_empty()) else {
        return ElementKind::Unknown;
    };
    ElementKind::Leaf(Kind::HtmlImage {
        dest: src.to_owned(),
        title: super::node::clean(tag.get("title").unwrap_or("")),
        alt: tag.get("alt").map(super::node::clean),
        width: width(tag),
    })
}

/// The width in an element's style, or in its attribute.
fn width(tag: &Tag) -> Option<ImageWidth> {
    let declared = tag.get("style").unwrap_or("").split(';').find_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        (name.trim().eq_ignore_ascii_case("width")).then(|| ImageWidth::parse(value))?
    });
    declared.or_else(|| ImageWidth::parse(tag.get("width")?))
}

fn cell(tag: &Tag) -> CellKind {
    let number = |name: &str| {
        let given = tag.get(name).and_then(|n| n.trim().parse::<usize>().ok());
        given.unwrap_or(1).clamp(1, MOST_SPANNED)
    };
    let style = tag.get("style").unwrap_or("");
    let value = tag.get("align").unwrap_or("").trim();
    let ranged = |word: &str| {
        value == word
            || style.contains(&format!("text-align:{word}"))
            || style.contains(&format!("text-align: {word}"))
    };
    let align = if ranged("center") {
        Some(Align::Center)
    } else if ranged("right") {
        Some(Align::End)
    } else {
        None
    };
    CellKind { head: tag.name == "th", align, columns: number("colspan"), rows: number("rowspan") }
}

/// More columns or rows than any cell takes.
const MOST_SPANNED: usize = 50;
