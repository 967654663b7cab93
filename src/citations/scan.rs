//! Citations found in the words of a book.

use super::citation::{Citation, CiteForm};
use super::library::Library;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{
    Block, BlockKind, Book, Inline, InlineKind, VisitorMut, walk_block_mut, walk_inline_mut,
};
use crate::source::{SourceMap, Span};

/// The citations of a book in the order they stand in: chapter by chapter, a
/// chapter's notes after its text. Those whose works no list has are reported.
///
/// Texts that the line ends of the source part are joined where a citation
/// runs through them; else the book stays as it is.
pub(super) fn scan(
    book: &mut Book,
    library: &Library,
    sources: &SourceMap,
    diagnostics: &mut Diagnostics,
) -> Vec<Vec<Citation>> {
    let mut scan = Scan { library, sources, diagnostics, found: Vec::new() };
    for (index, chapter) in book.chapters.iter_mut().enumerate() {
        scan.blocks(&mut chapter.blocks);
        for note in book.notes.iter_mut().filter(|note| note.chapter.0 as usize == index) {
            scan.note(note);
        }
    }
    scan.found
}

/// Whether the words of a block may cite: headings go into contents and running
/// heads, which cite nothing.
pub(super) fn may_cite(block: &Block) -> bool {
    !matches!(block.kind, BlockKind::Heading { .. })
}

struct Scan<'a> {
    library: &'a Library,
    sources: &'a SourceMap,
    diagnostics: &'a mut Diagnostics,
    found: Vec<Vec<Citation>>,
}

impl VisitorMut for Scan<'_> {
    fn block(&mut self, block: &mut Block) {
        if may_cite(block) {
            walk_block_mut(self, block);
        }
    }

    fn inlines(&mut self, inlines: &mut [Inline]) {
        join_broken(inlines);
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &mut Inline) {
        let InlineKind::Text(text) = &inline.kind else { return walk_inline_mut(self, inline) };
        let mut unknown = Vec::new();
        for piece in pieces(text, self.library, |key| unknown.push(key.to_owned())) {
            match piece {
                Piece::Words(_) => {}
                Piece::Cite { works, .. } => self.found.push(works),
            }
        }
        unknown.iter().for_each(|key| self.report(key, inline.span));
    }
}

impl Scan<'_> {
    /// Says that no list has a work, at its key.
    fn report(&mut self, key: &str, span: Span) {
        let written = self.sources.text(span);
        let at = written.find(&format!("@{key}"));
        let place = at.map_or(span, |at| {
            let start = span.start as usize + at;
            Span::new(span.file, start, start + 1 + key.len())
        });
        let found =
            Diagnostic::at(Code::NoWork, place, format!("no bibliography file contains `{key}`"));
        let hint = match self.library.nearest(key) {
            Some(near) => format!("Did you mean `@{near}`?"),
            None => "Add it to one of the files under `[bibliography]`.".to_owned(),
        };
        self.diagnostics.push(found.hint(hint));
    }
}

/// A part of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// Words as they stand.
    Words(&'t str),
    /// A citation of works that the lists have.
    Cite {
        /// The works.
        works: Vec<Citation>,
        /// The citation as it stands.
        written: &'t str,
    },
}

/// A text cut into words and citations, in order. What cites a work that no
/// list has stays among the words; `unknown` is called with the work's key.
pub(super) fn pieces<'t>(
    text: &'t str,
    library: &Library,
    mut unknown: impl FnMut(&str),
) -> Vec<Piece<'t>> {
    if !text.contains('@') {
        return vec![Piece::Words(text)];
    }
    let mut out = Vec::new();
    let mut done = 0;
    let mut at = 0;
    while let Some(next) = text.get(at..).and_then(|rest| rest.find(['[', '@'])) {
        let start = at + next;
        let Some(found) = citation(text, start, library) else {
            at = start + 1;
            continue;
        };
        at = found.end;
        let lacking = |work: &&Citation| library.get(&work.key).is_none();
        if found.works.iter().any(|work| lacking(&work)) {
            found.works.iter().filter(lacking).for_each(|work| unknown(&work.key));
            continue;
        }
        out.push(Piece::Words(text.get(done..start).unwrap_or("")));
        let written = text.get(start..found.end).unwrap_or("");
        out.push(Piece::Cite { works: found.works, written });
        done = found.end;
    }
    out.push(Piece::Words(text.get(done..).unwrap_or("")));
    out.retain(|piece| *piece != Piece::Words(""));
    out
}

/// The citation that begins at a bracket or an at sign.
fn citation(text: &str, start: usize, library: &Library) -> Option<Found> {
    let rest = text.get(start..)?;
    if let Some(inner) = rest.strip_prefix('[') {
        let close = inner.find([']', '['])?;
        let inner = inner.get(..close)?;
        let works = inner.split(';').map(one).collect::<Option<Vec<_>>>()?;
        return rest
            .get(1 + close..)?
            .starts_with(']')
            .then_some(Found { works, end: start + 1 + close + 1 });
    }
    let glued = text.get(..start)?.ends_with(|c: char| c.is_alphanumeric() || c == '@');
    let key = key(rest.strip_prefix('@')?);
    // Not every at sign is a citation; here only a work's own key makes it one.
    if glued || library.get(key).is_none() {
        return None;
    }
    let mut end = start + 1 + key.len();
    let mut locator = "";
    if let Some(inner) = text.get(end..).and_then(|after| after.strip_prefix(" ["))
        && let Some(close) = inner.find(']')
        && let Some(said) = inner.get(..close).filter(|said| !said.contains(['@', '[']))
    {
        locator = said;
        end += 2 + close + 1;
    }
    let (locator, suffix) = locator_of(locator);
    let (key, form) = (key.to_owned(), CiteForm::InText);
    let work = Citation { key, prefix: String::new(), locator, suffix, form };
    Some(Found { works: vec![work], end })
}

/// A citation with the byte after it.
struct Found {
    works: Vec<Citation>,
    end: usize,
}

/// Joins texts that a line end of the source has parted within a bracket.
fn join_broken(inlines: &mut [Inline]) {
    for i in 0..inlines.len() {
        let Some([first, line_end, last]) = inlines.get_mut(i..i + 3) else { return };
        let (InlineKind::Text(text), InlineKind::SoftBreak, InlineKind::Text(more)) =
            (&mut first.kind, &line_end.kind, &mut last.kind)
        else {
            continue;
        };
        let open = text.rfind('[').and_then(|at| text.get(at..)).unwrap_or("");
        let cites = open.contains('@') || more.split(']').next().is_some_and(|m| m.contains('@'));
        if open.is_empty() || open.contains(']') || !more.contains(']') || !cites {
            continue;
        }
        let joined = format!("{text} {more}");
        if first.span.file == last.span.file {
            last.span = first.span.to(last.span);
        }
        *more = joined;
        first.kind = InlineKind::group(Vec::new());
        line_end.kind = InlineKind::group(Vec::new());
    }
}

/// One work within brackets: `see @key, p. 12`.
fn one(part: &str) -> Option<Citation> {
    let at = part.find('@')?;
    let (before, after) = (part.get(..at)?, part.get(at + 1..)?);
    let (before, form) = match before.strip_suffix('-') {
        Some(before) => (before, CiteForm::WithoutAuthor),
        None => (before, CiteForm::Apart),
    };
    if before.ends_with(|c: char| !c.is_whitespace()) {
        return None;
    }
    let key = key(after);
    if key.is_empty() {
        return None;
    }
    let rest = after.get(key.len()..)?.trim_start_matches(',').trim();
    let (locator, suffix) = locator_of(rest);
    Some(Citation { key: key.to_owned(), prefix: before.trim().to_owned(), locator, suffix, form })
}

/// The key at the beginning of a text: letters, digits and marks, the last of
/// which is a letter or digit.
fn key(text: &str) -> &str {
    let inside = |c: char| c.is_alphanumeric() || "_:.#$%&-+?<>~/".contains(c);
    let end = text.find(|c| !inside(c)).unwrap_or(text.len());
    let key = text.get(..end).unwrap_or("");
    key.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '_')
}

/// Cuts `p. 12 and elsewhere` after the last figure that belongs to the place.
fn locator_of(text: &str) -> (String, String) {
    let text = text.trim();
    let end = text
        .char_indices()
        .take_while(|(at, _)| {
            let said = text.get(..*at).unwrap_or("");
            !(said.ends_with(|c: char| c.is_numeric()) && text.get(*at..).is_some_and(is_prose))
        })
        .last()
        .map_or(0, |(at, c)| at + c.len_utf8());
    let (place, rest) = text.split_at(end);
    if place.contains(|c: char| c.is_numeric()) {
        (place.trim().to_owned(), rest.trim().to_owned())
    } else {
        (String::new(), text.to_owned())
    }
}

/// Whether what follows a figure is prose: a word of more than a letter or two.
fn is_prose(rest: &str) -> bool {
    let rest = rest.trim_start_matches([',', ' ']);
    let word = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    word.chars().count() > 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citation_has_prefix_key_place_and_suffix() {
        let found = one("see @knuth1984, pp. 33–35 and elsewhere").expect("a citation");
        assert_eq!(found.prefix, "see");
        assert_eq!(found.key, "knuth1984");
        assert_eq!(found.locator, "pp. 33–35");
        assert_eq!(found.suffix, "and elsewhere");
        assert_eq!(one("-@a").map(|c| c.form), Some(CiteForm::WithoutAuthor));
        assert_eq!(one("mail@example.org"), None);
    }

    #[test]
    fn a_key_ends_with_a_letter_or_digit() {
        assert_eq!(key("knuth:1984a."), "knuth:1984a");
        assert_eq!(key("a-b, p. 1"), "a-b");
    }
}
