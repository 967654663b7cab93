//! The links of a chapter: to other chapters, to places in them, and out of the
//! book.

use std::collections::BTreeMap;

use super::paths::ChapterPaths;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::manuscript::files::percent_decode;
use crate::manuscript::files::url::{comparable_url, page_on_site, scheme};
use crate::model::{ExternalAddress, LinkTarget, Otherwise, PlaceName};
use crate::names::nearest;
use crate::source::Span;

/// The chapters as links may name them.
#[derive(Debug, Default)]
pub(crate) struct ChapterIndex {
    /// Stems by the path of the file.
    pub files: BTreeMap<String, String>,
    /// Stems by the address of publication, made comparable.
    pub published: BTreeMap<String, String>,
}

/// The links of one chapter.
pub(super) struct Links<'a> {
    /// Where the chapter's paths begin.
    pub paths: ChapterPaths<'a>,
    /// The chapters.
    pub index: &'a ChapterIndex,
    /// The address under which the chapter was published.
    pub canonical: Option<&'a str>,
}

impl Links<'_> {
    /// What an address leads to.
    pub fn target(
        &self,
        dest: &str,
        span: Span,
        diagnostics: &mut Diagnostics,
    ) -> Option<LinkTarget> {
        let dest = dest.trim();
        if let Some(id) = dest.strip_prefix('#') {
            return Some(LinkTarget::Named(PlaceName::Id(percent_decode(id))));
        }
        let fragment = dest.split_once('#').map(|(_, id)| percent_decode(id));
        if let Some(scheme) = scheme(dest) {
            let published = self.index.published.get(&comparable_url(dest));
            return match published.filter(|_| is_web(&scheme)) {
                None => external(dest, span, diagnostics),
                Some(stem) => {
                    Some(LinkTarget::Named(in_chapter(stem.clone(), fragment, Otherwise::Chapter)))
                }
            };
        }
        let file = dest.split(['#', '?']).next().unwrap_or("");
        // The page on which mdBook has all chapters at once.
        let all_at_once =
            self.paths.site.is_some() && file.rsplit('/').next() == Some("print.html");
        if let (true, Some(id)) = (all_at_once, &fragment) {
            return Some(LinkTarget::Named(PlaceName::Id(id.clone())));
        }
        match self.stem_of(file) {
            Some(stem) => Some(LinkTarget::Named(in_chapter(stem, fragment, Otherwise::Fault))),
            None => {
                let url = self.canonical.and_then(|page| page_on_site(page, dest));
                if url.is_none() {
                    self.report_dead(dest, file, span, diagnostics);
                }
                external(&url?, span, diagnostics)
            }
        }
    }

    /// The stem of the chapter that a relative path names: by its file, by the
    /// page that other tools make of it, or without an ending.
    fn stem_of(&self, file: &str) -> Option<String> {
        let path = self.paths.resolve(&percent_decode(file))?;
        let bare = path.strip_suffix(".html").unwrap_or(&path);
        // A folder is its first page, which mdBook writes as `README.md`.
        let folder = match bare.rsplit_once('/') {
            Some((folder, "index" | "index.md" | "README" | "README.md")) => format!("{folder}/"),
            None if matches!(bare, "index" | "index.md" | "README" | "README.md") => String::new(),
            _ => format!("{bare}/"),
        };
        let whole = [path.clone(), format!("{bare}.md"), format!("{bare}.markdown")];
        let first = ["README.md", "index.md"].map(|name| format!("{folder}{name}"));
        whole.iter().chain(&first).find_map(|path| self.index.files.get(path)).cloned()
    }

    /// Reports a link that leads to no chapter.
    fn report_dead(&self, dest: &str, file: &str, span: Span, diagnostics: &mut Diagnostics) {
        let path = self.paths.resolve(&percent_decode(file)).unwrap_or_default();
        if self.paths.site.is_some() && self.paths.folder.find(&path).is_ok() {
            let message =
                format!("`{path}` is a file of the project, but not a chapter of the book");
            let found = Diagnostic::at(Code::DeadLink, span, message);
            diagnostics.push(found.hint("The text of the link is kept."));
            return;
        }
        let message = if dest.is_empty() {
            "this link leads nowhere".to_owned()
        } else {
            format!("the book has no chapter `{dest}`")
        };
        let files = self.index.files.keys().map(String::as_str);
        let hint = match nearest(&path, files) {
            Some(near) => format!("Did you mean `{near}`?"),
            None => "Link to the file of a chapter, to `#id`, or to a full URL with \
                     `https://`."
                .to_owned(),
        };
        diagnostics.push(Diagnostic::at(Code::DeadLink, span, message).hint(hint));
    }
}

fn is_web(scheme: &str) -> bool {
    matches!(scheme, "http" | "https")
}

/// An address outside the book; one that no link can lead to is reported.
fn external(address: &str, span: Span, diagnostics: &mut Diagnostics) -> Option<LinkTarget> {
    match ExternalAddress::parse(address) {
        Ok(address) => Some(LinkTarget::External(address)),
        Err(fault) => {
            let message = format!("`{address}` can't be a link: {fault}");
            let found = Diagnostic::at(Code::DeadLink, span, message);
            diagnostics.push(found.hint("The text of the link is kept."));
            None
        }
    }
}

/// A chapter, or a place in it.
fn in_chapter(stem: String, fragment: Option<String>, otherwise: Otherwise) -> PlaceName {
    match fragment.filter(|id| !id.is_empty()) {
        Some(id) => PlaceName::InChapter { stem, id, otherwise },
        None => PlaceName::Chapter(stem),
    }
}
