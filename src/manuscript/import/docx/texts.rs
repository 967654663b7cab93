//! Blocks as the text files of a book: one for each chapter.

use super::blocks::Block;
use super::styles::Kind;
use crate::names::slug;

/// More empty paragraphs than one in so many are the document's way to part
/// paragraphs, and no scene breaks.
const RARE: usize = 12;
/// What writers put between scenes.
const SCENE_BREAKS: [&str; 8] = ["* * *", "***", "#", "⁂", "* * * * *", "~", "•", "◊"];

/// A chapter: its title in words, and its blocks.
#[derive(Debug, Default)]
pub(super) struct Chapter {
    pub title: String,
    pub blocks: Vec<Block>,
}

/// Cuts the blocks at the headings of the first level.
pub(super) fn chapters(blocks: Vec<Block>) -> Vec<Chapter> {
    let top = blocks.iter().filter_map(|block| match block {
        Block::Heading(level, ..) => Some(*level),
        _ => None,
    });
    let top = top.min().unwrap_or(1);
    let mut out = vec![Chapter::default()];
    for block in with_scene_breaks(blocks) {
        match (block, out.last_mut()) {
            (Block::Heading(level, text, id), _) if level == top => {
                let title = text.replace('\\', "");
                out.push(Chapter { title, blocks: vec![Block::Heading(1, text, id)] });
            }
            (Block::Heading(level, text, id), Some(chapter)) => {
                chapter.blocks.push(Block::Heading(level - top + 1, text, id));
            }
            (block, Some(chapter)) => chapter.blocks.push(block),
            (_, None) => {}
        }
    }
    out.retain(|chapter| chapter.blocks.iter().any(|block| *block != Block::Empty));
    out
}

/// Turns what parts scenes into breaks. An empty paragraph is one where there are few.
fn with_scene_breaks(blocks: Vec<Block>) -> Vec<Block> {
    let empty = blocks.iter().filter(|block| **block == Block::Empty).count();
    let are_breaks = empty > 0 && empty * RARE < blocks.len();
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut blocks = blocks.into_iter().peekable();
    while let Some(block) = blocks.next() {
        let bare = |text: &str| text.replace('\\', "");
        let is_break = match &block {
            Block::Plain(text) => SCENE_BREAKS.contains(&bare(text).trim()),
            Block::Empty => {
                let between = matches!(out.last(), Some(Block::Plain(_)))
                    && matches!(blocks.peek(), Some(Block::Plain(_)));
                are_breaks && between
            }
            _ => false,
        };
        out.push(if is_break { Block::Plain("---".to_owned()) } else { block });
    }
    out
}

/// The name of a chapter's file: numbered, since its title may come again.
pub(super) fn file_name(number: usize, chapter: &Chapter) -> String {
    let words = slug(&chapter.title);
    let words: String = words.chars().take(40).collect();
    match words.trim_matches('-') {
        "" => format!("{number:02}.md"),
        words => format!("{number:02}-{words}.md"),
    }
}

/// Blocks as one text.
pub(super) fn text(blocks: &[Block]) -> String {
    let mut out = String::new();
    let mut rest = blocks;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match first {
            Block::Empty => {}
            Block::Plain(text) => paragraph(&mut out, text),
            Block::Heading(level, text, id) => {
                let id = id.as_ref().map_or(String::new(), |id| format!(" {{#{id}}}"));
                paragraph(&mut out, &format!("{} {text}{id}", "#".repeat(usize::from(*level))));
            }
            Block::Figure(pictures) => {
                pictures.iter().for_each(|picture| paragraph(&mut out, &picture.markdown()));
            }
            Block::Item { .. } => {
                let items = run(first, after, |block| matches!(block, Block::Item { .. }));
                rest = after.get(items.len() - 1..).unwrap_or_default();
                paragraph(&mut out, &list(&items));
            }
            Block::Part(kind, _) => {
                let parts =
                    run(first, after, |b| matches!(b, Block::Part(other, _) if other == kind));
                rest = after.get(parts.len() - 1..).unwrap_or_default();
                let texts: Vec<&str> = parts.iter().filter_map(|b| words(b)).collect();
                paragraph(&mut out, &of_kind(*kind, &texts));
            }
        }
    }
    out.push('\n');
    out
}

fn run<'b>(first: &'b Block, after: &'b [Block], same: impl Fn(&Block) -> bool) -> Vec<&'b Block> {
    std::iter::once(first).chain(after.iter().take_while(|block| same(block))).collect()
}

fn words(block: &Block) -> Option<&str> {
    match block {
        Block::Part(_, text) => Some(text),
        _ => None,
    }
}

fn paragraph(out: &mut String, text: &str) {
    if !out.is_empty() {
        out.push_str("\n\n");
    }
    out.push_str(text);
}

/// Items, a line each. A blank line goes before one of another kind than the one
/// above, which could be read as a line of that (CommonMark, section 5.3).
fn list(items: &[&Block]) -> String {
    let mut out = String::new();
    let mut before: Option<(usize, bool)> = None;
    for item in items {
        let Block::Item { indent, mark, text } = item else { continue };
        let kind = (*indent, mark.starts_with('-'));
        let is_lazy = !mark.starts_with('-') && mark != "1. ";
        let would_join = before.is_some_and(|(level, bullets)| {
            (level, bullets) != kind && (is_lazy || level == *indent)
        });
        if would_join {
            out.push('\n');
        }
        let (space, inner) = (" ".repeat(*indent), " ".repeat(indent + mark.len()));
        let text = text.replace('\n', &format!("\n{inner}"));
        out.push_str(&format!("{space}{mark}{text}\n"));
        before = Some(kind);
    }
    out.trim_end().to_owned()
}

/// Paragraphs of a kind, set apart from the text.
fn of_kind(kind: Kind, texts: &[&str]) -> String {
    let in_div = |class: &str, between: &str| {
        format!("<div class=\"{class}\">\n\n{}\n\n</div>", texts.join(between))
    };
    match kind {
        Kind::Quote => {
            let lines = texts.join("\n\n").replace('\n', "\n> ");
            format!("> {lines}").replace("> \n", ">\n")
        }
        Kind::Epigraph => in_div("epigraph", "\n\n"),
        Kind::Dedication => in_div("dedication", "\n\n"),
        Kind::Verse => in_div("verse", "\n"),
        Kind::Code => {
            let longest = texts.iter().flat_map(|t| t.split(|c| c != '`')).map(str::len).max();
            let fence = "`".repeat(longest.unwrap_or(0).max(2) + 1);
            format!("{fence}\n{}\n{fence}", texts.join("\n"))
        }
        Kind::Caption => texts.iter().map(|t| format!("*{t}*")).collect::<Vec<_>>().join("\n\n"),
        Kind::Text
        | Kind::Heading(_)
        | Kind::Title
        | Kind::Subtitle
        | Kind::Author
        | Kind::Contents => texts.join("\n\n"),
    }
}
