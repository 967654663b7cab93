//! Citations and entries as inlines, in the style of the book.

use std::collections::BTreeSet;

use hayagriva::citationberg::taxonomy::Locator;
use hayagriva::citationberg::{
    FontStyle, FontVariant, FontWeight, Locale, LocaleCode, VerticalAlign,
};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, CitePurpose, ElemChild,
    ElemChildren, ElemMeta, Formatted, LocatorPayload, SpecificLocator,
};

use super::citation::{Citation, CiteForm};
use super::library::Library;
use crate::model::{
    ExternalAddress, Inline, InlineKind, Lang, LinkRole, LinkTarget, PlaceName, plain_text,
};
use crate::source::{FileId, Span};

/// All that comes of the citations of a book.
pub(super) struct Rendered {
    /// The citations in their order.
    pub citations: Vec<Set>,
    /// The entries of the bibliography in theirs.
    pub entries: Vec<Entry>,
}

/// A citation as it is set.
pub(super) struct Set {
    /// The author's name, where the sentence has it and the rest is in a note.
    pub author: String,
    /// The citation itself.
    pub words: Vec<Inline>,
}

/// An entry of the bibliography.
pub(super) struct Entry {
    /// Its id, to which its citations lead.
    pub id: String,
    /// Its words.
    pub content: Vec<Inline>,
}

/// Sets all citations of a book, which know of each other, and its bibliography:
/// of the works cited, or of all.
pub(super) fn render(
    library: &Library,
    citations: &[Vec<Citation>],
    lang: &Lang,
    all: bool,
) -> Rendered {
    let locales = hayagriva::archive::locales();
    let locale = Some(LocaleCode(lang.tag().to_owned()));
    let style = library.style();
    let in_notes = library.cites_in_notes();
    let mut driver = BibliographyDriver::new();
    for (index, works) in citations.iter().enumerate() {
        let items = works.iter().filter_map(|work| item(library, work, in_notes)).collect();
        let note = Some(index + 1);
        driver.citation(CitationRequest::new(items, style, locale.clone(), &locales, note));
    }
    if all {
        let hidden = library.all().map(|entry| CitationItem::new(entry, None, None, true, None));
        let request = CitationRequest::new(hidden.collect(), style, locale.clone(), &locales, None);
        driver.citation(request);
    }
    let rendered = driver.finish(BibliographyRequest::new(style, locale, &locales));
    let set = rendered.citations.iter().zip(citations);
    let entries = rendered.bibliography.map(|list| list.items).unwrap_or_default();
    let listed: BTreeSet<&str> = entries.iter().map(|item| item.key.as_str()).collect();
    Rendered {
        citations: set
            .map(|(set, works)| Set {
                author: if in_notes { author(library, works, &locales) } else { String::new() },
                words: citation(&set.citation, works, &listed, in_notes),
            })
            .collect(),
        entries: entries
            .iter()
            .map(|item| {
                let mut words = Words::default();
                if let Some(first) = &item.first_field {
                    words.child(first);
                    words.say(" ");
                }
                words.children(&item.content);
                one_stop(&mut words.out);
                Entry { id: entry_id(&item.key), content: words.out }
            })
            .collect(),
    }
}

fn item<'a>(
    library: &'a Library,
    work: &'a Citation,
    in_notes: bool,
) -> Option<CitationItem<'a, hayagriva::Entry>> {
    let entry = library.get(&work.key)?;
    let locator = (!work.locator.is_empty()).then(|| {
        let (kind, value) = locator(&work.locator);
        SpecificLocator(kind, LocatorPayload::Str(value))
    });
    let purpose = match work.form {
        // A note says all, whatever the sentence has said.
        _ if in_notes => None,
        CiteForm::Apart => None,
        CiteForm::InText => Some(CitePurpose::Prose),
        CiteForm::WithoutAuthor => Some(CitePurpose::Year),
    };
    Some(CitationItem::new(entry, locator, None, false, purpose))
}

/// The words for places in works, as writers shorten them.
const PLACES: [(&str, Locator); 18] = [
    ("pp", Locator::Page),
    ("pages", Locator::Page),
    ("page", Locator::Page),
    ("p", Locator::Page),
    ("chapter", Locator::Chapter),
    ("chap", Locator::Chapter),
    ("ch", Locator::Chapter),
    ("section", Locator::Section),
    ("sec", Locator::Section),
    ("§", Locator::Section),
    ("volume", Locator::Volume),
    ("vol", Locator::Volume),
    ("figure", Locator::Figure),
    ("fig", Locator::Figure),
    ("note", Locator::Note),
    ("line", Locator::Line),
    ("verse", Locator::Verse),
    ("part", Locator::Part),
];

/// The kind of a place and its number: a number alone is a page.
fn locator(text: &str) -> (Locator, &str) {
    if text.starts_with(|c: char| c.is_numeric()) {
        return (Locator::Page, text);
    }
    for (word, kind) in PLACES {
        let lower = text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
        let rest = text.get(word.len()..).unwrap_or("").trim_start_matches('.').trim_start();
        if lower && rest.starts_with(|c: char| c.is_numeric()) {
            return (kind, rest);
        }
    }
    (Locator::Custom, text)
}

/// A citation's words, each work's own a link to its entry, if it is listed: a
/// style need not have a bibliography.
fn citation(
    set: &ElemChildren,
    works: &[Citation],
    listed: &BTreeSet<&str>,
    in_notes: bool,
) -> Vec<Inline> {
    let mut words = Words { works: Some(works), listed: Some(listed), ..Words::default() };
    words.children(set);
    let alone = !in_notes && works.iter().all(|work| work.form == CiteForm::WithoutAuthor);
    if alone && !words.out.is_empty() {
        // A year by itself comes without the parentheses of the style.
        words.out.insert(0, text("("));
        words.say(")");
    }
    if in_notes && let Some(InlineKind::Text(first)) = words.out.first_mut().map(|i| &mut i.kind) {
        *first = capitalised(first);
    }
    one_stop(&mut words.out);
    words.out
}

/// The author of a work as the sentence names them.
fn author(library: &Library, works: &[Citation], locales: &[Locale]) -> String {
    let [Citation { key, form: CiteForm::InText, .. }] = works else { return String::new() };
    let Some(entry) = library.get(key) else { return String::new() };
    let item = CitationItem::with_entry(entry).kind(CitePurpose::Author);
    let request = CitationRequest::from_items(vec![item], library.style(), locales);
    let mut words = Words::default();
    words.children(&hayagriva::standalone_citation(request));
    plain_text(&words.out).trim_end_matches('.').to_owned()
}

fn capitalised(text: &str) -> String {
    let mut rest = text.chars();
    let first = rest.next().into_iter().flat_map(char::to_uppercase);
    first.chain(rest).collect()
}

fn entry_id(key: &str) -> String {
    format!("ref-{key}")
}

/// Inlines as they come of rendered elements.
#[derive(Default)]
struct Words<'a> {
    out: Vec<Inline>,
    works: Option<&'a [Citation]>,
    /// The keys of the works that the bibliography lists.
    listed: Option<&'a BTreeSet<&'a str>>,
}

impl Words<'_> {
    fn children(&mut self, children: &ElemChildren) {
        for child in &children.0 {
            self.child(child);
        }
    }

    fn child(&mut self, child: &ElemChild) {
        match child {
            ElemChild::Text(words) => self.formatted(words),
            ElemChild::Elem(elem) => {
                let work = match (elem.meta.as_ref(), self.works) {
                    (Some(ElemMeta::Entry(index)), Some(works)) => works.get(*index),
                    _ => None,
                };
                match work {
                    Some(work) => self.work(work, &elem.children),
                    None => {
                        if !self.out.is_empty() && elem.display.is_some() {
                            self.say(" ");
                        }
                        self.children(&elem.children);
                    }
                }
            }
            ElemChild::Markup(words) => self.say(words),
            ElemChild::Link { text, url } => {
                let mut inner = Words::default();
                inner.formatted(text);
                match ExternalAddress::parse(url) {
                    Ok(url) => self.link(LinkRole::Plain, LinkTarget::External(url), inner.out),
                    // Its words say the address.
                    Err(_) => inner.out.into_iter().for_each(|inline| self.push(inline)),
                }
            }
            ElemChild::Transparent { .. } => {}
        }
    }

    /// One work of a citation between the words its writer has put around it.
    fn work(&mut self, work: &Citation, children: &ElemChildren) {
        if !work.prefix.is_empty() {
            self.say(&format!("{} ", work.prefix));
        }
        let mut inner = Words::default();
        inner.children(children);
        if self.listed.is_some_and(|listed| listed.contains(work.key.as_str())) {
            let target = LinkTarget::Named(PlaceName::Id(entry_id(&work.key)));
            self.link(LinkRole::Citation, target, inner.out);
        } else {
            inner.out.into_iter().for_each(|inline| self.push(inline));
        }
        if !work.suffix.is_empty() {
            let comma =
                if work.suffix.starts_with(|c: char| c.is_alphanumeric()) { " " } else { "" };
            self.say(&format!("{comma}{}", work.suffix));
        }
    }

    fn link(&mut self, role: LinkRole, target: LinkTarget, content: Vec<Inline>) {
        self.out.push(Inline::new(InlineKind::Link { role, target, content }, NOWHERE));
    }

    fn formatted(&mut self, words: &Formatted) {
        let mut inline = text(&curly(&words.text));
        let format = words.formatting;
        let within = |inline: Inline, wrap: fn(Vec<Inline>) -> InlineKind| {
            Inline::new(wrap(vec![inline]), NOWHERE)
        };
        if format.font_style == FontStyle::Italic {
            inline = within(inline, InlineKind::Emph);
        }
        if format.font_weight == FontWeight::Bold {
            inline = within(inline, InlineKind::Strong);
        }
        if format.font_variant == FontVariant::SmallCaps {
            inline = within(inline, InlineKind::SmallCaps);
        }
        match format.vertical_align {
            VerticalAlign::Sup => inline = within(inline, InlineKind::Sup),
            VerticalAlign::Sub => inline = within(inline, InlineKind::Sub),
            VerticalAlign::None | VerticalAlign::Baseline => {}
        }
        self.push(inline);
    }

    fn say(&mut self, words: &str) {
        self.push(text(words));
    }

    fn push(&mut self, inline: Inline) {
        if let (InlineKind::Text(more), Some(InlineKind::Text(last))) =
            (&inline.kind, self.out.last_mut().map(|last| &mut last.kind))
        {
            last.push_str(more);
        } else {
            self.out.push(inline);
        }
    }
}

/// Words of the tool are at no place of the manuscript.
const NOWHERE: Span = Span { file: FileId(0), start: 0, end: 0 };

fn text(words: &str) -> Inline {
    Inline::text(words, NOWHERE)
}

/// Marks that a style may put next to each other, and what is printed. (French
/// colons are set apart by a no-break space, which is none of these.)
const DOUBLED: [(&str, &str); 9] = [
    (" : ", ": "),
    ("?.”", "?”"),
    ("!.”", "!”"),
    (".”.", ".”"),
    ("?”.", "?”"),
    ("!”.", "!”"),
    ("?. ", "? "),
    ("!. ", "! "),
    (",)", ")"),
];

/// Takes away full stops that a style puts after a mark that ends a sentence
/// already: `Line?.”` and `Marginalia.”.`.
fn one_stop(inlines: &mut [Inline]) {
    for inline in inlines {
        if let InlineKind::Text(text) = &mut inline.kind {
            for (twice, once) in DOUBLED {
                if text.contains(twice) {
                    *text = text.replace(twice, once);
                }
            }
        }
    }
}

/// Typewriter apostrophes of the lists as they are printed.
fn curly(text: &str) -> String {
    text.replace('\'', "’")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_alone_is_a_page() {
        assert_eq!(locator("12"), (Locator::Page, "12"));
        assert_eq!(locator("pp. 3–5"), (Locator::Page, "3–5"));
        assert_eq!(locator("Ch. 7"), (Locator::Chapter, "7"));
        assert_eq!(locator("§ 4"), (Locator::Section, "4"));
        assert_eq!(locator("plate 4"), (Locator::Custom, "plate 4"));
    }
}
