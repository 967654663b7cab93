//! Paths as a chapter's file writes them, seen from the book's folder.

use crate::manuscript::config::Site;
use crate::manuscript::files::{Folder, normalize, percent_decode, resolve_relative};

/// Where a chapter's file is, and so where its paths begin.
#[derive(Debug, Clone, Copy)]
pub(super) struct ChapterPaths<'a> {
    /// The book's folder.
    pub folder: &'a Folder,
    /// The site that the text was written for.
    pub site: Option<&'a Site>,
    /// The chapter's file, from the book's folder; empty for none.
    pub chapter: &'a str,
}

impl ChapterPaths<'_> {
    /// A path as the chapter's file gives it, from the book's folder. Of a site,
    /// a path from its root is one from the folder of the texts.
    pub fn resolve(&self, path: &str) -> Option<String> {
        match (self.site, path.strip_prefix('/')) {
            (Some(site), Some(path)) => site.path(path),
            _ => resolve_relative(self.chapter, path),
        }
    }

    /// The path of a picture's address; a file that is there as it
    /// is written goes before one with its `%20` decoded. An address that begins
    /// with `/` is seen from the book's folder, as sites are seen from theirs.
    pub fn picture(&self, dest: &str) -> Option<String> {
        let seen = |dest: &str| match dest.strip_prefix('/') {
            Some(rest) if self.site.is_none() => normalize(rest),
            _ => self.resolve(dest),
        };
        let there = |path: &String| self.folder.find(path).is_ok();
        let as_written = seen(dest);
        if as_written.as_ref().is_some_and(there) {
            return as_written;
        }
        let bare = dest.split(['?', '#']).next().unwrap_or(dest);
        let decoded = seen(&percent_decode(bare));
        if dest.starts_with('/') { decoded.filter(there) } else { decoded }
    }
}
