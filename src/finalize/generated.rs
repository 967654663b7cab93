//! The pages that are made from the metadata, as chapters like any other.
//!
//! A half title, title page or copyright page is made where the manuscript has
//! no text for it. The contents are always made: text that is given goes before
//! the list.

use crate::locale::Locale;
use crate::model::{
    Block, BlockKind, Book, Chapter, GeneratedPage, Inline, Metadata, Role, TitlePage, plain_text,
};

/// Says of each chapter what the tool makes of it, and fills in what it says.
pub(super) fn fill(book: &mut Book, locale: &Locale) {
    let meta = &book.meta;
    for chapter in book.chapters.iter_mut().filter(|chapter| chapter.generated.is_none()) {
        let has_text = !chapter.blocks.is_empty();
        chapter.generated = match chapter.role {
            Role::HalfTitle if !has_text => Some(GeneratedPage::HalfTitle(title(chapter, meta))),
            Role::TitlePage if !has_text => Some(GeneratedPage::TitlePage(TitlePage {
                title: title(chapter, meta),
                subtitle: meta.subtitle.clone(),
                authors: meta.authors().map(|author| author.name.clone()).collect(),
                publisher: meta.publisher.clone(),
            })),
            Role::Copyright if !has_text => {
                let paragraph = |text| {
                    let content = vec![Inline::text(text, chapter.span)];
                    Block::new(BlockKind::Paragraph(content), chapter.span)
                };
                chapter.blocks = copyright_lines(meta).into_iter().map(paragraph).collect();
                Some(GeneratedPage::Copyright)
            }
            Role::Contents => {
                if plain_text(&chapter.title).trim().is_empty() {
                    let title = locale.role(Role::Contents);
                    chapter.title = vec![Inline::text(title, chapter.span)];
                }
                Some(GeneratedPage::Contents)
            }
            _ => None,
        };
    }
}

/// The title a title page shows: its own, or else the book's.
fn title(chapter: &Chapter, meta: &Metadata) -> String {
    match plain_text(&chapter.title).trim() {
        "" => meta.title.clone(),
        own => own.to_owned(),
    }
}

/// What a copyright page says: title, rights, publisher and date, ISBN.
fn copyright_lines(meta: &Metadata) -> Vec<String> {
    let title = match &meta.subtitle {
        Some(subtitle) => format!("{}: {subtitle}", meta.title),
        None => meta.title.clone(),
    };
    let published: Vec<&str> =
        [&meta.publisher, &meta.date].into_iter().flatten().map(String::as_str).collect();
    let lines = [
        Some(title),
        meta.rights.clone(),
        Some(published.join(", ")).filter(|line| !line.is_empty()),
        meta.isbn.as_ref().map(|isbn| format!("ISBN {isbn}")),
    ];
    lines.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Lang;
    use crate::source::{FileId, Span};

    fn book(chapters: Vec<Chapter>) -> Book {
        let meta = Metadata {
            title: "Tides".into(),
            subtitle: Some("A Guide".into()),
            publisher: Some("Quay".into()),
            date: Some("2026".into()),
            isbn: Some("9780000000002".into()),
            ..Metadata::default()
        };
        Book { meta, chapters, ..Book::default() }
    }

    fn bare(role: Role) -> Chapter {
        Chapter::bare(role, "x", Span::new(FileId(0), 0, 0))
    }

    fn paragraph(text: &str) -> Block {
        let span = Span::new(FileId(0), 0, 0);
        Block::new(BlockKind::Paragraph(vec![Inline::text(text, span)]), span)
    }

    fn says(chapter: &Chapter) -> Vec<String> {
        let text = |block: &Block| match &block.kind {
            BlockKind::Paragraph(content) => plain_text(content),
            other => format!("{other:?}"),
        };
        chapter.blocks.iter().map(text).collect()
    }

    #[test]
    fn a_copyright_page_without_text_is_made_from_the_metadata() {
        let mut book = book(vec![bare(Role::Copyright)]);
        fill(&mut book, Locale::of(&Lang::default()));
        let page = &book.chapters[0];
        assert_eq!(page.generated, Some(GeneratedPage::Copyright));
        assert_eq!(says(page), ["Tides: A Guide", "Quay, 2026", "ISBN 9780000000002"]);
    }

    #[test]
    fn text_that_is_given_stays_and_contents_are_made_all_the_same() {
        let with_text = |role| Chapter { blocks: vec![paragraph("Mine.")], ..bare(role) };
        let roles = [Role::HalfTitle, Role::TitlePage, Role::Copyright, Role::Contents];
        let mut book = book(roles.map(with_text).into());
        fill(&mut book, Locale::of(&Lang::default()));
        assert!(book.chapters.iter().all(|chapter| says(chapter) == ["Mine."]));
        let made = book.chapters.iter().map(|chapter| chapter.generated.is_some());
        assert_eq!(made.collect::<Vec<_>>(), [false, false, false, true]);
    }

    #[test]
    fn a_title_page_shows_its_own_title_or_the_books() {
        let own = vec![Inline::text("Other", Span::new(FileId(0), 0, 0))];
        let mut book = book(vec![
            bare(Role::TitlePage),
            Chapter { title: own, ..bare(Role::HalfTitle) },
            bare(Role::Contents),
        ]);
        fill(&mut book, Locale::of(&Lang::default()));
        let Some(GeneratedPage::TitlePage(page)) = &book.chapters[0].generated else {
            panic!("{:?}", book.chapters[0].generated)
        };
        assert_eq!((page.title.as_str(), page.subtitle.as_deref()), ("Tides", Some("A Guide")));
        assert_eq!(book.chapters[1].generated, Some(GeneratedPage::HalfTitle("Other".into())));
        assert_eq!(plain_text(&book.chapters[2].title), "Contents");
    }
}
