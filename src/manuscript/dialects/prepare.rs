//! The one step before the Markdown parser: all dialects, in their order.
//!
//! Blocks come first, since what they hold is indented or marked by line; then
//! what stands within lines. Each step sees what the ones before it have made.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::draft::{Draft, Removed};
use super::obsidian::{self, Vault};
use super::{
    colons, containers, formulas, left_over, markua, mdx, pandoc, python_markdown, scene_breaks,
    templates,
};
use crate::diag::Diagnostics;
use crate::manuscript::files::Folder;
use crate::source::{FileId, SourceMap, Span};

/// A text that is to be brought to Markdown.
#[derive(Debug)]
pub(crate) struct Text {
    /// Its file.
    pub file: FileId,
    /// The path of that, from the book's folder.
    pub path: String,
    /// All of it.
    pub text: Arc<str>,
    /// Where it begins, after its front matter.
    pub body: usize,
}

/// The work on all texts of a book.
pub(crate) struct Preparation<'a> {
    /// The book's folder.
    pub folder: &'a Folder,
    /// All texts.
    pub sources: &'a mut SourceMap,
    /// Whether `$…$` is a formula.
    pub math: bool,
    chapters: BTreeMap<String, String>,
    removed: Vec<Removed>,
    left_over: Vec<(&'static str, Span)>,
}

impl<'a> Preparation<'a> {
    /// Begins with the paths of all chapters, which links may name.
    pub fn new(
        folder: &'a Folder,
        sources: &'a mut SourceMap,
        math: bool,
        paths: impl Iterator<Item = String>,
    ) -> Self {
        let mut chapters = BTreeMap::new();
        for path in paths {
            let name = path.rsplit('/').next().unwrap_or(&path);
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase();
            chapters.entry(stem).or_insert(path);
        }
        Self { folder, sources, math, chapters, removed: Vec::new(), left_over: Vec::new() }
    }

    /// Brings a text to Markdown: the file that is to be read, and its text.
    pub fn text(&mut self, text: &Text) -> (FileId, Arc<str>) {
        let head = text.text.get(..text.body).unwrap_or("");
        let body = text.text.get(text.body..).unwrap_or("");
        let mut draft = Draft::new(body, text.file, text.body);
        let vault = Vault { chapters: &self.chapters, folder: self.folder, path: &text.path };
        steps(&mut draft, &vault, self.math);
        self.removed.append(&mut draft.removed);
        self.left_over.append(&mut draft.left_over);
        match draft.finish(head, text.file) {
            Some((whole, pieces)) => {
                let whole: Arc<str> = whole.into();
                let file = self.sources.compose(text.path.as_str(), whole.clone(), pieces);
                (file, whole)
            }
            None => (text.file, text.text.clone()),
        }
    }

    /// Reports what was not understood; returns what was taken out.
    pub fn finish(self, diagnostics: &mut Diagnostics) -> Vec<Removed> {
        left_over::report(self.left_over, self.sources, diagnostics);
        self.removed
    }
}

fn steps(draft: &mut Draft, vault: &Vault<'_>, math: bool) {
    if math {
        formulas::delimiters(draft);
        formulas::prices(draft);
    }
    templates::templates(draft, math);
    pandoc::raw_text(draft);
    mdx::scripts(draft);
    markua::asides(draft);
    python_markdown::indented_blocks(draft);
    python_markdown::attribute_lists(draft);
    containers::containers(draft);
    obsidian::callouts(draft);
    obsidian::block_ids(draft);
    scene_breaks::scene_breaks(draft);
    pandoc::blocks(draft);
    colons::escape_colons(draft);
    obsidian::comments(draft, math);
    obsidian::links(draft, vault, math);
    pandoc::inline_notes(draft, math);
    pandoc::spans(draft, math);
    pandoc::marked(draft, math);
    left_over::find(draft, math);
}
