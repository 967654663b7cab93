//! The structure of a chapter: which picture opens it, what is its title and
//! subtitle, which breaks are meant, how deep its sections go.
//!
//! Essays come out of a blog with habits that a book doesn't have: a picture
//! above the title, the title in bold, rules between all sections, several
//! headings of the first level. What those mean is decided here, in this
//! order, on the blocks of one file:
//!
//! ```text
//! bold headings unwrapped ─► omitted sections out ─► opener, title, subtitle
//!     ─► levels closed up ─► breaks next to headings out
//! ```

use super::omit::{Omitted, comparable_heading, omit_sections};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{
    Block, BlockKind, Image, Inline, InlineKind, VisitorMut, plain_text, walk_block_mut,
};
use crate::source::Span;

/// A longer paragraph in italics is a note, not a subtitle; in characters.
const LONGEST_SUBTITLE: usize = 250;

/// More words above a heading of the first level are text, and the heading is
/// one of its sections.
const MOST_WORDS_ABOVE_TITLE: usize = 40;

/// What is known of a chapter before its text is looked at.
#[derive(Debug, Default)]
pub(crate) struct KnownTitles {
    /// `book.toml` gives the title: the one in the file gives way.
    pub title_in_book: bool,
    /// `book.toml` gives the subtitle.
    pub subtitle_in_book: bool,
    /// `book.toml` gives the opener.
    pub opener_in_book: bool,
    /// A list of chapters calls it by a name, which is its title if the file
    /// does not begin with one.
    pub listed: bool,
    /// The title in the file's front matter.
    pub front_title: Option<String>,
    /// The subtitle there.
    pub front_subtitle: Option<String>,
}

/// A chapter's parts.
#[derive(Debug, Default)]
pub(crate) struct Structure {
    /// The words of the title in the file.
    pub title: Vec<Inline>,
    /// Where that is.
    pub title_span: Option<Span>,
    /// The id it has.
    pub id: Option<String>,
    /// Whether it says that the chapter has no number.
    pub unnumbered: bool,
    /// The level it is written at, from 1.
    pub title_level: u8,
    /// The headings of the first level beside the title.
    pub first_level: Vec<Span>,
    /// The words of the subtitle in the file.
    pub subtitle: Vec<Inline>,
    /// The picture above the title.
    pub opener: Option<Image>,
    /// The text.
    pub blocks: Vec<Block>,
    /// The sections left out.
    pub omitted: Omitted,
}

/// Finds the structure of a chapter.
pub(crate) fn structure(
    mut blocks: Vec<Block>,
    known: &KnownTitles,
    to_omit: &[String],
    diagnostics: &mut Diagnostics,
) -> Structure {
    Unbold.blocks(&mut blocks);
    let omitted = omit_sections(&mut blocks, to_omit);
    let mut structure = Structure { omitted, title_level: 1, ..Structure::default() };
    drop_breaks(&mut blocks);
    take_title(&mut blocks, known, &mut structure);
    let is_first = |b: &&Block| matches!(b.kind, BlockKind::Heading { level: 1, .. });
    structure.first_level = blocks.iter().filter(is_first).map(|block| block.span).collect();
    close_levels(&mut blocks, structure.title_level, diagnostics);
    drop_breaks(&mut blocks);
    structure.blocks = blocks;
    structure
}

/// Takes the bold off headings that are bold as a whole.
struct Unbold;

impl VisitorMut for Unbold {
    fn block(&mut self, block: &mut Block) {
        match &mut block.kind {
            BlockKind::Heading { content, .. } => unbold(content),
            _ => walk_block_mut(self, block),
        }
    }
}

fn unbold(content: &mut Vec<Inline>) {
    let bold_or_space = |inline: &Inline| match &inline.kind {
        InlineKind::Strong(_) => true,
        InlineKind::Text(text) => text.trim().is_empty(),
        _ => false,
    };
    let any = content.iter().any(|i| matches!(i.kind, InlineKind::Strong(_)));
    if any && content.iter().all(bold_or_space) {
        let mut plain = Vec::new();
        for inline in std::mem::take(content) {
            match inline.kind {
                InlineKind::Strong(inner) => plain.extend(inner),
                _ => plain.push(inline),
            }
        }
        *content = plain;
    } else if let [Inline { kind: InlineKind::Emph(inner), .. }] = content.as_mut_slice() {
        unbold(inner);
    }
}

/// Takes opener, title and subtitle from the beginning.
fn take_title(blocks: &mut Vec<Block>, known: &KnownTitles, structure: &mut Structure) {
    let Some(at) = title_at(blocks, known) else { return };
    let opens = matches!(blocks.get(..at), Some([Block {
        kind: BlockKind::Figure { images, caption },
        ..
    }]) if images.len() == 1 && caption.is_empty());
    let heading = blocks.remove(at);
    structure.title_span = Some(heading.span);
    structure.id = heading.attrs.id().map(str::to_owned);
    structure.unnumbered = heading.attrs.is_unnumbered();
    if let BlockKind::Heading { content, level } = heading.kind {
        structure.title = content;
        structure.title_level = level;
    }
    take_subtitle(blocks, at, known, structure);
    if opens
        && !known.opener_in_book
        && let Some(Block { kind: BlockKind::Figure { images, .. }, .. }) = blocks.first_mut()
    {
        structure.opener = images.pop();
        blocks.remove(0);
    }
}

/// Where the title is: the first heading of the first level. If there is none,
/// a heading that begins the file, above all others.
fn title_at(blocks: &[Block], known: &KnownTitles) -> Option<usize> {
    let levels: Vec<(usize, u8)> = blocks
        .iter()
        .enumerate()
        .filter_map(|(at, block)| match &block.kind {
            BlockKind::Heading { level, .. } => Some((at, *level)),
            _ => None,
        })
        .collect();
    let begins =
        |at: usize| blocks.iter().take(at).all(|b| matches!(b.kind, BlockKind::Figure { .. }));
    let firsts = levels.iter().filter(|(_, level)| *level == 1).count();
    let title_elsewhere = known.title_in_book || known.front_title.is_some();
    let (at, level) = match levels.iter().find(|(_, level)| *level == 1) {
        Some(found) => *found,
        None => *levels.first()?,
    };
    let text = match &blocks.get(at)?.kind {
        BlockKind::Heading { content, .. } => comparable_heading(&plain_text(content)),
        _ => return None,
    };
    if known.front_title.as_deref().is_some_and(|title| comparable_heading(title) == text) {
        return Some(at);
    }
    if known.listed && !title_elsewhere {
        // The file has other sections of that level perhaps, and no title.
        return begins(at).then_some(at);
    }
    let found = if level == 1 {
        let other_title = known.front_title.is_some() && !known.title_in_book && firsts > 1;
        !other_title && (begins(at) || !title_elsewhere && only_lines_before(blocks, at))
    } else {
        let above_all = levels.iter().all(|(i, l)| *i == at || *l > level);
        !title_elsewhere && begins(at) && above_all
    };
    found.then_some(at)
}

/// Whether what stands above a heading may stand above a title: a date, a name,
/// a motto. Text and sections would come under a heading that they were not
/// written under.
fn only_lines_before(blocks: &[Block], at: usize) -> bool {
    let words = |block: &Block| match &block.kind {
        BlockKind::Paragraph(content) => plain_text(content).split_whitespace().count(),
        BlockKind::Figure { .. } | BlockKind::SceneBreak | BlockKind::PageBreak => 0,
        BlockKind::Quote { .. } | BlockKind::Verse(_) => 0,
        BlockKind::Div(_)
        | BlockKind::Heading { .. }
        | BlockKind::List(_)
        | BlockKind::Admonition { .. }
        | BlockKind::Code { .. }
        | BlockKind::Table(_)
        | BlockKind::DefinitionList(_)
        | BlockKind::Math(_)
        | BlockKind::Toc(_)
        | BlockKind::Index(_) => MOST_WORDS_ABOVE_TITLE + 1,
    };
    blocks.iter().take(at).map(words).sum::<usize>() <= MOST_WORDS_ABOVE_TITLE
}

/// A paragraph in italics right under the title.
fn take_subtitle(
    blocks: &mut Vec<Block>,
    at: usize,
    known: &KnownTitles,
    structure: &mut Structure,
) {
    let Some(BlockKind::Paragraph(content)) = blocks.get(at).map(|b| &b.kind) else { return };
    let Some(words) = all_italic(content) else { return };
    let text = plain_text(&words);
    if text.chars().count() > LONGEST_SUBTITLE {
        return;
    }
    let another = known
        .front_subtitle
        .as_deref()
        .is_some_and(|front| comparable_heading(front) != comparable_heading(&text));
    if another && !known.subtitle_in_book {
        return;
    }
    structure.subtitle = words;
    blocks.remove(at);
}

/// The words of a paragraph that is in italics as a whole, without them.
fn all_italic(content: &[Inline]) -> Option<Vec<Inline>> {
    let mut words: Vec<Inline> = Vec::new();
    let mut any = false;
    for inline in content {
        match &inline.kind {
            InlineKind::Emph(inner) => {
                any = true;
                words.extend(inner.iter().cloned());
            }
            InlineKind::SoftBreak | InlineKind::HardBreak => words.push(inline.clone()),
            InlineKind::Text(text) if text.trim().is_empty() => words.push(inline.clone()),
            _ => return None,
        }
    }
    any.then_some(words)
}

/// Brings headings to levels from 2 on, so that none is skipped: a heading is
/// one below the nearest before it that is above it.
fn close_levels(blocks: &mut [Block], title_level: u8, diagnostics: &mut Diagnostics) {
    let mut raw = Vec::new();
    headings(blocks, &mut |level, _| raw.push(*level));
    let several = raw.contains(&1);
    // The title is above all; where sections are of level 1 as well, above those.
    let title = if several { 0 } else { title_level };
    let mut above: Vec<(u8, u8)> = vec![(title, 1)];
    let mut reported: Vec<(usize, u8)> = Vec::new();
    headings(blocks, &mut |level, span| {
        let written = *level;
        while above.len() > 1 && above.last().is_some_and(|(raw, _)| *raw >= written) {
            above.pop();
        }
        let (parent, assigned) = above.last().copied().unwrap_or((title, 1));
        reported.retain(|(depth, _)| *depth <= above.len());
        let skip = written > parent.max(1) + 1;
        if skip && !reported.contains(&(above.len(), written)) {
            reported.push((above.len(), written));
            let message =
                format!("a heading of level {written} follows one of level {}", parent.max(1));
            let hint = format!(
                "It was treated as level {}; write {} instead of {}.",
                assigned + 1,
                "#".repeat(usize::from(parent.max(1)) + 1),
                "#".repeat(usize::from(written)),
            );
            diagnostics.push(Diagnostic::at(Code::SkippedLevel, span, message).hint(hint));
        }
        *level = (assigned + 1).min(6);
        above.push((written, *level));
    });
}

/// Every heading in reading order, in groups as well.
fn headings(blocks: &mut [Block], visit: &mut dyn FnMut(&mut u8, Span)) {
    for block in blocks {
        let span = block.span;
        match &mut block.kind {
            BlockKind::Heading { level, .. } => visit(level, span),
            BlockKind::Div(inner)
            | BlockKind::Quote { blocks: inner, .. }
            | BlockKind::Admonition { blocks: inner, .. } => headings(inner, visit),
            BlockKind::List(list) => {
                for item in &mut list.items {
                    headings(&mut item.blocks, visit);
                }
            }
            BlockKind::DefinitionList(definitions) => {
                for definition in definitions {
                    for meaning in &mut definition.meanings {
                        headings(meaning, visit);
                    }
                }
            }
            BlockKind::Paragraph(_)
            | BlockKind::Code { .. }
            | BlockKind::Figure { .. }
            | BlockKind::Table(_)
            | BlockKind::Verse(_)
            | BlockKind::SceneBreak
            | BlockKind::PageBreak
            | BlockKind::Math(_)
            | BlockKind::Toc(_)
            | BlockKind::Index(_) => {}
        }
    }
}

/// Drops breaks that part nothing: at the ends, next to headings and page
/// breaks, next to each other, and before the picture over a heading.
fn drop_breaks(blocks: &mut Vec<Block>) {
    let edge = |block: &Block| {
        matches!(
            block.kind,
            BlockKind::Heading { .. } | BlockKind::SceneBreak | BlockKind::PageBreak
        )
    };
    // From the end: whether what follows is an edge, looking through pictures.
    let mut kept: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut before_edge = true;
    for mut block in std::mem::take(blocks).into_iter().rev() {
        if let BlockKind::Div(inner) = &mut block.kind {
            drop_breaks(inner);
        }
        match block.kind {
            BlockKind::SceneBreak if before_edge => continue,
            BlockKind::Figure { .. } => {}
            _ => before_edge = edge(&block),
        }
        kept.push(block);
    }
    kept.reverse();
    let mut after_edge = true;
    kept.retain(|block| {
        let dropped = block.kind == BlockKind::SceneBreak && after_edge;
        after_edge = edge(block);
        !dropped
    });
    *blocks = kept;
}
