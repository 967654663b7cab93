//! Where the first lines of paragraphs begin.
//!
//! An indent says: here a new paragraph begins, and the thought goes on. It is
//! needed only where nothing else says the first part of that. So a paragraph is
//! indented after another paragraph, and not
//!
//! - at the beginning of a chapter, of a quotation, of a note, of an item;
//! - after a heading, an epigraph, a scene break, a new page;
//! - after what is set off by a space of its own: a list, a quotation, verse, a
//!   listing, a formula, a table, an admonition.
//!
//! What stands beside the text and might as well stand elsewhere interrupts
//! nothing: after a figure, a table with a caption or a pull quote, a paragraph
//! is indented as it would have been without it. A group of blocks is looked
//! through.
//!
//! In Japanese and Chinese every paragraph of running text is indented, the
//! first one too.

use crate::model::{Attrs, Block, BlockKind, Book, Indent, Lang, QuoteRole, Role};
use crate::text::HanStyle;

/// Decides for every paragraph of the book and of its notes.
pub(super) fn set(book: &mut Book) {
    let language = &book.meta.language;
    let mut languages = Vec::with_capacity(book.chapters.len());
    for chapter in &mut book.chapters {
        let run = Run::of(chapter.lang.as_ref().unwrap_or(language));
        languages.push(run);
        // The paragraphs of a copyright page have a space between them.
        if chapter.role == Role::Copyright {
            chapter.blocks.iter_mut().for_each(|block| {
                run.block(block, Indent::None);
            });
        } else {
            run.blocks(&mut chapter.blocks, run.begin());
        }
    }
    for note in &mut book.notes {
        let run = languages.get(note.chapter.0 as usize).copied();
        run.unwrap_or(Run::of(language)).blocks(&mut note.blocks, Indent::None);
    }
}

/// A run of blocks in a language.
#[derive(Debug, Clone, Copy)]
struct Run {
    /// Whether the language indents every paragraph.
    always: bool,
}

impl Run {
    fn of(lang: &Lang) -> Run {
        Run { always: matches!(HanStyle::of(lang), Some(han) if han != HanStyle::Korean) }
    }

    /// What is inside a block, in the language that it says.
    fn within(self, attrs: &Attrs) -> Run {
        attrs.lang().map_or(self, Run::of)
    }

    /// The indent of a paragraph whose beginning is plain to see.
    fn begin(self) -> Indent {
        if self.always { Indent::FirstLine } else { Indent::None }
    }

    /// Decides for the blocks in their order, the first with this indent if it
    /// is a paragraph; says which indent one after them would have.
    fn blocks(self, blocks: &mut [Block], first: Indent) -> Indent {
        blocks.iter_mut().fold(first, |indent, block| self.block(block, indent))
    }

    /// Decides for a block; says which indent a paragraph after it has.
    fn block(self, block: &mut Block, indent: Indent) -> Indent {
        let inner = self.within(&block.attrs);
        match &mut block.kind {
            BlockKind::Paragraph(_) => {
                block.indent = indent;
                Indent::FirstLine
            }
            BlockKind::Figure { .. } => indent,
            BlockKind::Table(table) if !table.caption.is_empty() => indent,
            BlockKind::Div(blocks) => inner.blocks(blocks, indent),
            BlockKind::Quote { role, blocks, .. } => {
                inner.blocks(blocks, inner.begin());
                match role {
                    QuoteRole::Pull => indent,
                    QuoteRole::Plain | QuoteRole::Epigraph => self.begin(),
                }
            }
            BlockKind::List(list) => {
                for item in &mut list.items {
                    inner.blocks(&mut item.blocks, Indent::None);
                }
                self.begin()
            }
            BlockKind::DefinitionList(definitions) => {
                for meaning in definitions.iter_mut().flat_map(|d| &mut d.meanings) {
                    inner.blocks(meaning, Indent::None);
                }
                self.begin()
            }
            BlockKind::Admonition { blocks, .. } => {
                inner.blocks(blocks, Indent::None);
                self.begin()
            }
            BlockKind::Heading { .. }
            | BlockKind::Code { .. }
            | BlockKind::Table(_)
            | BlockKind::Verse(_)
            | BlockKind::SceneBreak
            | BlockKind::PageBreak
            | BlockKind::Math(_)
            | BlockKind::Toc(_)
            | BlockKind::Index(_) => self.begin(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        AdmonitionKind, Chapter, ChapterId, Inline, List, ListItem, ListStyle, Metadata, Note,
        Table,
    };
    use crate::source::{FileId, Span};

    fn span() -> Span {
        Span::new(FileId(0), 0, 0)
    }

    fn block(kind: BlockKind) -> Block {
        Block::new(kind, span())
    }

    fn paragraph() -> Block {
        block(BlockKind::Paragraph(vec![Inline::text("Text.", span())]))
    }

    fn quote(role: QuoteRole) -> Block {
        block(BlockKind::Quote { role, blocks: vec![paragraph(), paragraph()], source: vec![] })
    }

    fn list() -> Block {
        let item = |blocks| ListItem { checked: None, number: None, blocks, span: span() };
        let items = vec![item(vec![paragraph(), paragraph()]), item(vec![paragraph()])];
        let list = List { start: None, numbering: ListStyle::Decimal, tight: false, items };
        block(BlockKind::List(list))
    }

    fn table(caption: &str) -> Block {
        let caption = if caption.is_empty() { vec![] } else { vec![Inline::text(caption, span())] };
        let (columns, head, rows) = (vec![], vec![], vec![]);
        block(BlockKind::Table(Table { columns, head, rows, caption }))
    }

    fn figure() -> Block {
        block(BlockKind::Figure { images: vec![], caption: vec![] })
    }

    fn heading() -> Block {
        block(BlockKind::Heading { level: 2, content: vec![] })
    }

    /// The indents of the paragraphs of a chapter in reading order: `.` for none
    /// and `>` for one.
    fn indents_in(lang: &str, role: Role, blocks: Vec<Block>) -> String {
        struct Seen(String);
        impl crate::model::Visitor for Seen {
            fn block(&mut self, block: &Block) {
                if matches!(block.kind, BlockKind::Paragraph(_)) {
                    self.0.push(if block.indent == Indent::None { '.' } else { '>' });
                }
                crate::model::walk_block(self, block);
            }
        }
        let language = Lang::new(lang).unwrap_or_default();
        let mut book = Book {
            meta: Metadata { language, ..Metadata::default() },
            chapters: vec![Chapter { blocks, ..Chapter::bare(role, "x", span()) }],
            ..Book::default()
        };
        set(&mut book);
        let mut seen = Seen(String::new());
        crate::model::Visitor::blocks(&mut seen, &book.chapters[0].blocks);
        seen.0
    }

    fn indents(blocks: Vec<Block>) -> String {
        indents_in("en", Role::Chapter, blocks)
    }

    #[test]
    fn paragraphs_are_indented_after_paragraphs_alone() {
        assert_eq!(indents(vec![paragraph(), paragraph(), paragraph()]), ".>>");
        for before in [heading(), block(BlockKind::SceneBreak), block(BlockKind::PageBreak)] {
            assert_eq!(indents(vec![paragraph(), before, paragraph(), paragraph()]), "..>");
        }
    }

    #[test]
    fn what_has_a_space_of_its_own_needs_no_indent_after_it() {
        let code = BlockKind::Code { lang: None, text: "x".into(), tokens: vec![] };
        let set_off = [
            block(code),
            block(BlockKind::Math("x".into())),
            block(BlockKind::Verse(vec![])),
            table(""),
        ];
        for before in set_off {
            assert_eq!(indents(vec![paragraph(), before, paragraph()]), "..");
        }
        assert_eq!(indents(vec![paragraph(), quote(QuoteRole::Plain), paragraph()]), "..>.");
        assert_eq!(indents(vec![quote(QuoteRole::Epigraph), paragraph()]), ".>.");
        assert_eq!(indents(vec![paragraph(), list(), paragraph()]), "..>..");
        let admonition = BlockKind::Admonition {
            kind: AdmonitionKind::Note,
            blocks: vec![paragraph(), paragraph()],
        };
        assert_eq!(indents(vec![paragraph(), block(admonition), paragraph()]), "..>.");
    }

    #[test]
    fn a_figure_passes_on_what_was_before_it() {
        for beside in [figure, || table("A caption"), || quote(QuoteRole::Pull)] {
            let inside = match beside().kind {
                BlockKind::Quote { .. } => ".>",
                _ => "",
            };
            let running = indents(vec![paragraph(), beside(), paragraph()]);
            assert_eq!(running, format!(".{inside}>"));
            let opening = indents(vec![heading(), beside(), beside(), paragraph()]);
            assert_eq!(opening, format!("{inside}{inside}."));
        }
    }

    #[test]
    fn a_group_is_looked_through() {
        let group = |blocks| block(BlockKind::Div(blocks));
        assert_eq!(indents(vec![paragraph(), group(vec![paragraph()]), paragraph()]), ".>>");
        assert_eq!(indents(vec![group(vec![heading()]), paragraph()]), ".");
        assert_eq!(indents(vec![heading(), group(vec![]), paragraph()]), ".");
    }

    #[test]
    fn japanese_and_chinese_indent_every_paragraph_of_running_text() {
        let blocks = || vec![paragraph(), heading(), paragraph(), list(), paragraph()];
        assert_eq!(indents_in("ja", Role::Chapter, blocks()), ">>.>.>");
        assert_eq!(indents_in("zh", Role::Chapter, vec![quote(QuoteRole::Plain)]), ">>");
        assert_eq!(indents_in("ko", Role::Chapter, blocks()), "...>..");
    }

    #[test]
    fn a_copyright_page_has_no_indents() {
        assert_eq!(indents_in("en", Role::Copyright, vec![paragraph(), paragraph()]), "..");
    }

    #[test]
    fn a_note_begins_without_an_indent() {
        let note = Note {
            label: None,
            chapter: ChapterId(0),
            number: 1,
            blocks: vec![paragraph(), paragraph()],
            span: span(),
        };
        let chapters = vec![Chapter::bare(Role::Chapter, "x", span())];
        let mut book = Book { chapters, notes: vec![note], ..Book::default() };
        set(&mut book);
        let indents: Vec<Indent> = book.notes[0].blocks.iter().map(|b| b.indent).collect();
        assert_eq!(indents, [Indent::None, Indent::FirstLine]);
    }
}
