//! Which chapters the contents list, how deep, and what they say of each.
//!
//! One list for the contents page of both outputs, the navigation of the EPUB
//! and the bookmarks of the PDF.

use crate::locale::Locale;
use crate::model::{
    Book, Chapter, ContentsEntry, EntryLabel, Inline, InlineKind, Matter, Role, VisitorMut,
    plain_text, walk_inline_mut,
};

/// Gives each chapter that the contents list its entry. A book of which nothing
/// is to be listed lists every chapter, since an EPUB must have contents.
pub(super) fn set(book: &mut Book, locale: &Locale) {
    let any = book.chapters.iter().any(|chapter| chapter.role.in_contents());
    let numbers_lead = book.numbering.is_for_finding() || book.nests();
    let title = book.meta.title.clone();
    let mut depths = Depths::default();
    for chapter in &mut book.chapters {
        let depth = depths.next(chapter);
        let listed = chapter.role.in_contents() || !any;
        chapter.contents_entry = listed.then(|| ContentsEntry {
            depth,
            label: label(chapter, locale, numbers_lead),
            title: name(chapter, locale, &title),
            subtitle: without_notes(&chapter.subtitle),
        });
    }
}

/// How deep the chapters stand, in their order: below the chapters that they
/// are under and, in the main matter, below the part before them.
#[derive(Default)]
struct Depths {
    in_part: bool,
}

impl Depths {
    fn next(&mut self, chapter: &Chapter) -> u8 {
        self.in_part &= chapter.matter == Matter::Main && chapter.role != Role::Part;
        let depth = chapter.depth.saturating_add(u8::from(self.in_part));
        self.in_part |= chapter.role == Role::Part;
        depth
    }
}

/// What stands before a title: of a part or an appendix its label, of a chapter
/// its number, where readers need that to find their way.
fn label(chapter: &Chapter, locale: &Locale, numbers_lead: bool) -> EntryLabel {
    let Some(label) = locale.opening(chapter, "", false) else { return EntryLabel::None };
    match chapter.role {
        Role::Part | Role::Appendix => EntryLabel::Words(label),
        _ if numbers_lead => EntryLabel::Number(label),
        _ => EntryLabel::None,
    }
}

/// What a chapter is called: by its short title, its title, or else its role.
fn name(chapter: &Chapter, locale: &Locale, book_title: &str) -> Vec<Inline> {
    let name = without_notes(chapter.name());
    if !plain_text(&name).trim().is_empty() {
        return name;
    }
    let name = match chapter.role {
        Role::TitlePage | Role::HalfTitle => book_title,
        role => locale.role(role),
    };
    vec![Inline::text(name, chapter.span)]
}

/// A title as it is listed: a note on it stands where the title does.
fn without_notes(title: &[Inline]) -> Vec<Inline> {
    struct Unmarked;
    impl VisitorMut for Unmarked {
        fn inline(&mut self, inline: &mut Inline) {
            if matches!(inline.kind, InlineKind::Note(_)) {
                inline.kind = InlineKind::Text(String::new());
            }
            walk_inline_mut(self, inline);
        }
    }
    let mut title = title.to_vec();
    Unmarked.inlines(&mut title);
    title
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Lang, Metadata, NoteId, Number, Numeral};
    use crate::source::{FileId, Span};

    fn span() -> Span {
        Span::new(FileId(0), 0, 0)
    }

    fn chapter(role: Role, title: &str) -> Chapter {
        let title = if title.is_empty() { vec![] } else { vec![Inline::text(title, span())] };
        Chapter { title, ..Chapter::bare(role, "x", span()) }
    }

    /// The entries, each with its depth, or `-`.
    fn listed(chapters: Vec<Chapter>) -> Vec<String> {
        let meta = Metadata { title: "Tides".into(), ..Metadata::default() };
        let mut book = Book { meta, chapters, ..Book::default() };
        set(&mut book, Locale::of(&Lang::default()));
        let entry = |chapter: &Chapter| match &chapter.contents_entry {
            None => "-".to_owned(),
            Some(e) => format!("{} {}", e.depth, e.label.before(&plain_text(&e.title))),
        };
        book.chapters.iter().map(entry).collect()
    }

    #[test]
    fn pages_before_the_text_are_not_listed() {
        let chapters = vec![
            chapter(Role::TitlePage, ""),
            chapter(Role::Epigraph, "On Water"),
            chapter(Role::Preface, ""),
            chapter(Role::Chapter, "Ebb"),
        ];
        assert_eq!(listed(chapters), ["-", "-", "0 Preface", "0 Ebb"]);
    }

    #[test]
    fn a_book_of_which_nothing_is_listed_lists_everything() {
        let chapters = vec![chapter(Role::TitlePage, ""), chapter(Role::Copyright, "")];
        assert_eq!(listed(chapters), ["0 Tides", "0 Copyright"]);
    }

    #[test]
    fn chapters_of_a_part_stand_under_it_and_back_matter_does_not() {
        let part = Chapter {
            number: Some(Number::in_numerals(2, Numeral::Roman)),
            ..chapter(Role::Part, "Water")
        };
        let chapters = vec![
            chapter(Role::Introduction, "Before"),
            part,
            chapter(Role::Chapter, "Ebb"),
            Chapter { depth: 1, ..chapter(Role::Chapter, "Neap") },
            chapter(Role::Appendix, "Tables"),
        ];
        // Numbers lead, since a chapter stands under another; these have none.
        assert_eq!(
            listed(chapters),
            ["0 Before", "0 Part II: Water", "1 Ebb", "2 Neap", "0 Tables"]
        );
    }

    #[test]
    fn numbers_are_listed_where_chapters_stand_under_chapters() {
        let numbered = |number: Number| Chapter {
            depth: u8::from(number.parts().len() > 1),
            number: Some(number),
            ..chapter(Role::Chapter, "Ebb")
        };
        assert_eq!(listed(vec![numbered(1.into()), numbered(2.into())]), ["0 Ebb", "0 Ebb"]);
        let nested = vec![numbered(1.into()), numbered(Number::new([1, 1]))];
        assert_eq!(listed(nested), ["0 1 Ebb", "1 1.1 Ebb"]);
    }

    #[test]
    fn notes_and_long_titles_stay_at_the_chapter() {
        let mut noted = chapter(Role::Chapter, "Ebb");
        noted.title.push(Inline::new(InlineKind::Note(NoteId(0)), span()));
        let mut short = chapter(Role::Chapter, "Of the Ebb, and What It Leaves");
        short.listed = vec![Inline::text("Ebb", span())];
        assert_eq!(listed(vec![noted, short]), ["0 Ebb", "0 Ebb"]);
    }
}
