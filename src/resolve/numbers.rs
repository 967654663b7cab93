//! Numbers of parts, appendices, sections, figures, tables and formulas.
//!
//! Figures and the like are numbered by chapter, and through the book where
//! their chapter has no number.

use crate::model::{
    Attrs, Block, BlockKind, Book, Number, Numbering, Numeral, Role, VisitorMut, walk_block_mut,
};

/// Numbers parts and appendices: those that aren't alone, or that readers need
/// the numbers of to find what is below them.
pub(super) fn parts_and_appendices(book: &mut Book) {
    for (role, numerals) in [(Role::Part, Numeral::Roman), (Role::Appendix, Numeral::Letter)] {
        let all = book.chapters.iter().filter(|c| c.role == role && c.numbered).count();
        let wanted = book.numbering.chapters && (all > 1 || book.numbering.is_for_finding());
        let chapters = book.chapters.iter_mut().filter(|c| c.role == role && c.numbered);
        for (chapter, number) in chapters.zip(1..) {
            chapter.number = wanted.then(|| Number::in_numerals(number, numerals));
        }
    }
}

/// Numbers what is in the chapters.
pub(super) fn within_chapters(book: &mut Book) {
    let mut through = Counts::default();
    for chapter in &mut book.chapters {
        let text = matches!(chapter.role, Role::Chapter | Role::Appendix);
        let prefix = chapter.number.clone().filter(|_| text);
        // Where chapters have no numbers, sections begin anew in each of them.
        let sections = match &prefix {
            Some(number) => Some(number.clone()),
            None if text && !book.numbering.chapters && chapter.numbered => Some(Number::default()),
            None => None,
        };
        let counts = if prefix.is_some() { Counts::default() } else { through };
        let mut within = Within {
            wanted: book.numbering,
            prefix: prefix.clone().unwrap_or_default(),
            sections,
            levels: [0; 7],
            out: None,
            counts,
        };
        within.blocks(&mut chapter.blocks);
        if prefix.is_none() {
            through = within.counts;
        }
    }
}

/// How many there have been.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    figures: u32,
    tables: u32,
    equations: u32,
}

struct Within {
    wanted: Numbering,
    /// What goes before the numbers of figures and the like.
    prefix: Number,
    /// What goes before those of sections, if they have any here.
    sections: Option<Number>,
    /// How many headings of each level there have been under the one above.
    levels: [u32; 7],
    /// The level of the heading without a number that the text is under.
    out: Option<u8>,
    counts: Counts,
}

impl Within {
    fn heading(&mut self, level: u8, attrs: &mut Attrs) {
        if self.out.is_some_and(|out| level <= out) {
            self.out = None;
        }
        let Some(prefix) = &self.sections else { return };
        if self.out.is_some() || level < 2 || level - 1 > self.wanted.sections {
            return;
        }
        if attrs.is_unnumbered() {
            self.out = Some(level);
            return;
        }
        let level = usize::from(level).min(self.levels.len() - 1);
        if let Some(count) = self.levels.get_mut(level) {
            *count += 1;
        }
        self.levels.iter_mut().skip(level + 1).for_each(|count| *count = 0);
        let parts = self.levels.iter().take(level + 1).skip(2);
        attrs.set_number(parts.fold(prefix.clone(), |number, part| number.below(*part)));
    }
}

impl VisitorMut for Within {
    fn block(&mut self, block: &mut Block) {
        let counted = !block.attrs.is_unnumbered();
        let count = match &block.kind {
            BlockKind::Heading { level, .. } => {
                self.heading(*level, &mut block.attrs);
                None
            }
            BlockKind::Figure { caption, .. } => {
                let shown = self.wanted.figures && counted && !caption.is_empty();
                shown.then_some(&mut self.counts.figures)
            }
            BlockKind::Table(table) => {
                let shown = self.wanted.tables && counted && !table.caption.is_empty();
                shown.then_some(&mut self.counts.tables)
            }
            BlockKind::Math(_) => {
                (self.wanted.equations && counted).then_some(&mut self.counts.equations)
            }
            _ => None,
        };
        if let Some(count) = count {
            *count += 1;
            block.attrs.set_number(self.prefix.below(*count));
        }
        walk_block_mut(self, block);
    }
}
