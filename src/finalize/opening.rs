//! How chapters begin: which epigraphs belong to the opening, and whether the
//! first paragraph leads in.

use super::lead_in;
use crate::model::{Block, BlockKind, Book, Chapter, Direction, LeadIn, Metadata, QuoteRole, Role};
use crate::theme::{Lead, Theme};

/// Decides of each chapter which of its blocks belong to the opening and how the
/// text after them begins.
pub(super) fn set(book: &mut Book, theme: &Theme) {
    let meta = &book.meta;
    for chapter in &mut book.chapters {
        let epigraphs = chapter.blocks.iter().take_while(|block| is_epigraph(block)).count();
        chapter.opening.epigraphs = epigraphs;
        chapter.opening.lead_in = lead_in_of(chapter, chapter.blocks.get(epigraphs), meta, theme);
    }
}

fn is_epigraph(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Quote { role: QuoteRole::Epigraph, .. })
}

/// The lead-in of a chapter whose text begins with a block: of chapters proper,
/// not of those within others, and of text that runs to the right, since
/// scripts that run to the left have neither capitals nor small capitals.
fn lead_in_of(
    chapter: &Chapter,
    first: Option<&Block>,
    meta: &Metadata,
    theme: &Theme,
) -> Option<LeadIn> {
    let first = first?;
    let BlockKind::Paragraph(content) = &first.kind else { return None };
    if chapter.role != Role::Chapter || chapter.depth > 0 {
        return None;
    }
    if direction(chapter, first, meta) != Direction::Ltr {
        return None;
    }
    let lang = first.attrs.lang().or(chapter.lang.as_ref()).unwrap_or(&meta.language);
    let opening = lead_in::find(content, lang)?;
    // A shorter paragraph would end before its initial does.
    let long = opening.bytes > theme.initial.shortest_paragraph;
    let drop_cap = opening.first_word.filter(|_| long);
    match theme.lead {
        Lead::Plain => None,
        Lead::SmallCaps => Some(LeadIn { length: opening.length, drop_cap: None }),
        Lead::DropCap => Some(LeadIn { length: opening.length, drop_cap }),
    }
}

/// Which way a block runs: as it says, as its language does, or as its chapter
/// or book.
fn direction(chapter: &Chapter, block: &Block, meta: &Metadata) -> Direction {
    let language = |lang: &crate::model::Lang| lang.direction();
    (block.attrs.dir())
        .or(block.attrs.lang().map(language))
        .or(chapter.lang.as_ref().map(language))
        .unwrap_or(meta.direction())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Inline, Lang};
    use crate::source::{FileId, Span};

    fn span() -> Span {
        Span::new(FileId(0), 0, 0)
    }

    fn paragraph(text: &str) -> Block {
        Block::new(BlockKind::Paragraph(vec![Inline::text(text, span())]), span())
    }

    fn epigraph() -> Block {
        let blocks = vec![paragraph("Water wears stone.")];
        let source = Vec::new();
        Block::new(BlockKind::Quote { role: QuoteRole::Epigraph, blocks, source }, span())
    }

    fn opened(lead: Lead, chapter: Chapter) -> Chapter {
        let mut book = Book { chapters: vec![chapter], ..Book::default() };
        set(&mut book, &Theme { lead, ..Theme::default() });
        book.chapters.remove(0)
    }

    fn chapter(blocks: Vec<Block>) -> Chapter {
        Chapter { blocks, ..Chapter::bare(Role::Chapter, "x", span()) }
    }

    fn long() -> String {
        "The tide comes in twice a day. ".repeat(9)
    }

    #[test]
    fn epigraphs_before_the_text_belong_to_the_opening() {
        let blocks = vec![epigraph(), epigraph(), paragraph(&long()), epigraph()];
        let opening = opened(Lead::SmallCaps, chapter(blocks)).opening;
        assert_eq!(opening.epigraphs, 2);
        assert_eq!(opening.lead_in.map(|lead| lead.length), Some("The tide comes in twice".len()));
    }

    #[test]
    fn a_drop_cap_needs_a_paragraph_to_stand_beside() {
        let lead_in = |text: &str| {
            let chapter = opened(Lead::DropCap, chapter(vec![paragraph(text)]));
            chapter.opening.lead_in
        };
        assert_eq!(lead_in(&long()).map(|lead| lead.drop_cap), Some(Some(3)));
        assert_eq!(lead_in("The tide comes in.").map(|lead| lead.drop_cap), Some(None));
        let quoted = format!("“{}”", long());
        assert_eq!(lead_in(&quoted).map(|lead| lead.drop_cap), Some(None), "no letter first");
    }

    #[test]
    fn only_chapters_with_text_that_has_capitals_lead_in() {
        let first = || vec![paragraph(&long())];
        let none = [
            opened(Lead::Plain, chapter(first())),
            opened(Lead::DropCap, Chapter { depth: 1, ..chapter(first()) }),
            opened(Lead::DropCap, Chapter { role: Role::Preface, ..chapter(first()) }),
            opened(Lead::DropCap, Chapter { lang: Lang::new("he"), ..chapter(first()) }),
            opened(Lead::DropCap, chapter(vec![Block::new(BlockKind::SceneBreak, span())])),
            opened(Lead::DropCap, chapter(vec![paragraph("川辺の小さな町に住む。")])),
            opened(Lead::DropCap, chapter(vec![])),
        ];
        assert!(none.iter().all(|chapter| chapter.opening.lead_in.is_none()));
    }
}
