//! The ways into the book: nested contents, landmarks, the list of printed
//! pages, as the navigation document of EPUB 3 and as the NCX of EPUB 2.
//!
//! The navigation document is for reading systems: they show its labels in
//! menus and running heads, so that these are the bare titles. A contents page
//! for people is a page of its own.

use super::contents::{Entry, contents};
use super::plan::Plan;
use super::xhtml::{COVER_FILE, Frame, Page, unusual};
use super::xml::{Meaning, Tag, Xml};
use crate::model::{BlockKind, Matter, Role, shown_text};

/// The navigation document, as epub-builder names it.
const NAV_FILE: &str = "nav.xhtml";

/// A printed page: its folio and where it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PrintedPage {
    label: String,
    href: String,
}

/// Everything that leads into the book.
#[derive(Debug)]
pub(super) struct Navigation {
    contents: Vec<Entry>,
    landmarks: Vec<(&'static str, String, String)>,
    pages: Vec<PrintedPage>,
}

impl Navigation {
    /// Collects the ways into the pages that were written.
    pub fn new(plan: &Plan<'_>, pages: &[Page]) -> Navigation {
        let printed = (0..plan.input.page_marks.len()).filter_map(|index| {
            let href = pages.iter().find_map(|p| p.pages.get(&index))?.clone();
            Some(PrintedPage { label: plan.page_label(index).to_owned(), href })
        });
        Navigation {
            contents: contents(plan),
            landmarks: landmarks(plan),
            pages: printed.collect(),
        }
    }

    /// Whether there is a list of printed pages.
    pub fn has_pages(&self) -> bool {
        !self.pages.is_empty()
    }

    /// The navigation document.
    pub fn document(&self, plan: &Plan<'_>) -> Vec<u8> {
        let meta = &plan.input.book.meta;
        let title = contents_title(plan);
        let extra_css = plan.input.extra_css.is_some();
        let mut x = Xml::document();
        let dir = meta.direction();
        let html = Frame { title: &title, lang: &meta.language, dir, extra_css }.open(&mut x);
        x.element(Tag::new("body").with_some("dir", unusual(dir)), |x| {
            x.newline();
            let toc = Tag::new("nav")
                .means(Meaning::both("toc", "doc-toc"))
                .with("id", "toc")
                .with("aria-labelledby", "toc-title");
            x.element(toc, |x| {
                x.newline();
                x.line(Tag::new("h1").with("id", "toc-title"), &title);
                list(x, &self.contents);
            });
            x.newline();
            gathered(x, plan);
            self.landmarks(x, plan);
            if self.has_pages() {
                self.page_list(x, plan);
            }
        });
        x.newline();
        x.end(html);
        x.newline();
        x.into_bytes()
    }

    fn landmarks(&self, x: &mut Xml, plan: &Plan<'_>) {
        let nav = Tag::new("nav")
            .with("epub:type", "landmarks")
            .with("id", "landmarks")
            .with("aria-label", &plan.locale.landmarks)
            .with("hidden", "hidden");
        flat_nav(x, nav, None, self.landmarks.len(), |x, n| {
            if let Some((term, title, href)) = self.landmarks.get(n) {
                x.element(Tag::new("a").with("epub:type", term).with("href", href), |x| {
                    x.text(title);
                });
            }
        });
    }

    fn page_list(&self, x: &mut Xml, plan: &Plan<'_>) {
        let nav = Tag::new("nav")
            .means(Meaning::both("page-list", "doc-pagelist"))
            .with("id", "page-list")
            .with("aria-label", &plan.locale.pages)
            .with("hidden", "hidden");
        flat_nav(x, nav, None, self.pages.len(), |x, n| {
            if let Some(page) = self.pages.get(n) {
                x.element(Tag::new("a").with("href", &page.href), |x| x.text(&page.label));
            }
        });
    }

    /// The NCX (DAISY Z39.86-2005, as EPUB 2 profiles it) for old readers.
    pub fn ncx(&self, plan: &Plan<'_>, identifier: &str) -> Vec<u8> {
        let meta = &plan.input.book.meta;
        let mut x = Xml::document();
        let tag = Tag::new("ncx")
            .with("xmlns", "http://www.daisy.org/z3986/2005/ncx/")
            .with("version", "2005-1")
            .with("xml:lang", meta.language.tag());
        let mut order = 0;
        x.element(tag, |x| {
            x.newline();
            x.element(Tag::new("head"), |x| self.ncx_head(x, identifier));
            x.newline();
            x.element(Tag::new("docTitle"), |x| {
                x.element(Tag::new("text"), |x| x.text(&meta.title))
            });
            x.newline();
            x.element(Tag::new("navMap"), |x| {
                x.newline();
                self.contents.iter().for_each(|entry| nav_point(x, entry, &mut order));
            });
            x.newline();
            if self.has_pages() {
                x.element(Tag::new("pageList"), |x| {
                    x.newline();
                    self.pages.iter().for_each(|page| page_target(x, page, &mut order));
                });
                x.newline();
            }
        });
        x.newline();
        x.into_bytes()
    }

    fn ncx_head(&self, x: &mut Xml, identifier: &str) {
        let largest = self.pages.iter().filter_map(|p| p.label.parse::<u32>().ok()).max();
        let metas = [
            ("dtb:uid", identifier.to_owned()),
            ("dtb:depth", depth(&self.contents).to_string()),
            ("dtb:totalPageCount", self.pages.len().to_string()),
            ("dtb:maxPageNumber", largest.unwrap_or(0).to_string()),
        ];
        x.newline();
        for (name, content) in metas {
            x.empty(Tag::new("meta").with("name", name).with("content", &content));
            x.newline();
        }
    }
}

/// The figures and tables that the book lists (EPUB 3.3, section 5.4.2.6: other
/// `nav` elements).
fn gathered(x: &mut Xml, plan: &Plan<'_>) {
    for (_, chapter, _) in plan.chapters() {
        let term = match chapter.role {
            Role::ListOfFigures => "loi",
            Role::ListOfTables => "lot",
            _ => continue,
        };
        let Some(BlockKind::Toc(entries)) = chapter.blocks.last().map(|b| &b.kind) else {
            continue;
        };
        let links: Vec<(String, String)> = entries
            .iter()
            .filter_map(|entry| {
                let title = format!("{} {}", entry.label, shown_text(&entry.content));
                Some((title.trim().to_owned(), plan.anchor_href(NAV_FILE, entry.anchor)?))
            })
            .collect();
        if links.is_empty() {
            continue;
        }
        let nav = Tag::new("nav").with("epub:type", term).with("hidden", "hidden");
        let name = plan.chapter_name(chapter);
        flat_nav(x, nav, Some(&name), links.len(), |x, n| {
            if let Some((title, href)) = links.get(n) {
                x.element(Tag::new("a").with("href", href), |x| x.text(title));
            }
        });
    }
}

/// A hidden list of links, with a heading if it is none of those that reading
/// systems know by themselves.
fn flat_nav(
    x: &mut Xml,
    nav: Tag,
    heading: Option<&str>,
    count: usize,
    link: impl Fn(&mut Xml, usize),
) {
    x.element(nav, |x| {
        x.newline();
        if let Some(heading) = heading {
            x.line(Tag::new("h2"), heading);
        }
        x.element(Tag::new("ol"), |x| {
            x.newline();
            for n in 0..count {
                x.element(Tag::new("li"), |x| link(x, n));
                x.newline();
            }
        });
        x.newline();
    });
    x.newline();
}

fn list(x: &mut Xml, entries: &[Entry]) {
    x.element(Tag::new("ol"), |x| {
        x.newline();
        for entry in entries {
            x.element(Tag::new("li"), |x| {
                x.element(Tag::new("a").with("href", &entry.href), |x| x.text(&entry.title));
                if !entry.children.is_empty() {
                    x.newline();
                    list(x, &entry.children);
                }
            });
            x.newline();
        }
    });
    x.newline();
}

fn nav_point(x: &mut Xml, entry: &Entry, order: &mut usize) {
    *order += 1;
    let tag = Tag::new("navPoint")
        .with("id", &format!("nav-{order}"))
        .with("playOrder", &order.to_string());
    x.element(tag, |x| {
        x.element(Tag::new("navLabel"), |x| x.element(Tag::new("text"), |x| x.text(&entry.title)));
        x.empty(Tag::new("content").with("src", &entry.href));
        if !entry.children.is_empty() {
            x.newline();
        }
        entry.children.iter().for_each(|child| nav_point(x, child, order));
    });
    x.newline();
}

fn page_target(x: &mut Xml, page: &PrintedPage, order: &mut usize) {
    *order += 1;
    let number = page.label.parse::<u32>().ok().map(|n| n.to_string());
    let kind = if number.is_some() { "normal" } else { "front" };
    let tag = Tag::new("pageTarget")
        .with("id", &format!("nav-{order}"))
        .with("type", kind)
        .with_some("value", number.as_deref())
        .with("playOrder", &order.to_string());
    x.element(tag, |x| {
        x.element(Tag::new("navLabel"), |x| x.element(Tag::new("text"), |x| x.text(&page.label)));
        x.empty(Tag::new("content").with("src", &page.href));
    });
    x.newline();
}

fn depth(entries: &[Entry]) -> usize {
    entries.iter().map(|e| 1 + depth(&e.children)).max().unwrap_or(0)
}

fn contents_title(plan: &Plan<'_>) -> String {
    let given = plan.input.book.chapters.iter().find(|c| c.role == Role::Contents);
    given.map_or_else(|| plan.locale.role(Role::Contents).to_owned(), |c| plan.chapter_name(c))
}

fn landmarks(plan: &Plan<'_>) -> Vec<(&'static str, String, String)> {
    let mut marks = Vec::new();
    if plan.input.cover.is_some() {
        marks.push(("cover", plan.locale.cover().to_owned(), COVER_FILE.to_owned()));
    }
    let first = |role| plan.chapters().find(|(_, c, _)| c.role == role);
    if let Some((_, _, file)) = first(Role::TitlePage) {
        let name = plan.locale.role(Role::TitlePage);
        marks.push(("titlepage", name.to_owned(), file.to_owned()));
    }
    // A landmark must be on the reading order, which the navigation document is
    // not: without a contents page there is none to point at.
    if let Some((_, _, file)) = first(Role::Contents) {
        marks.push(("toc", contents_title(plan), file.to_owned()));
    }
    if let Some((_, _, file)) = plan.chapters().find(|(_, c, _)| c.matter == Matter::Main) {
        marks.push(("bodymatter", plan.locale.begin_reading.to_owned(), file.to_owned()));
    }
    let gathered =
        [(Role::ListOfFigures, "loi"), (Role::ListOfTables, "lot"), (Role::Index, "index")];
    for (role, term) in gathered {
        if let Some((_, chapter, file)) = first(role) {
            marks.push((term, plan.chapter_name(chapter), file.to_owned()));
        }
    }
    marks
}
