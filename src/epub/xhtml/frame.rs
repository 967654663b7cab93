//! What every document of the archive begins with.

use crate::epub::xml::{Tag, Xml};
use crate::model::{Direction, Lang};

/// What every document of the archive begins with.
#[derive(Debug)]
pub(in crate::epub) struct Frame<'a> {
    /// The title of the document.
    pub title: &'a str,
    /// Its language.
    pub lang: &'a Lang,
    /// Which way it runs.
    pub dir: Direction,
    /// Whether the book adds rules of its own.
    pub extra_css: bool,
}

impl Frame<'_> {
    /// Opens the document up to its body; the name closes it.
    pub fn open(&self, x: &mut Xml) -> &'static str {
        x.doctype("html");
        let tag = Tag::new("html")
            .with("xmlns", "http://www.w3.org/1999/xhtml")
            .with("xmlns:epub", "http://www.idpf.org/2007/ops")
            .with("lang", self.lang.tag())
            .with("xml:lang", self.lang.tag())
            .with_some("dir", unusual(self.dir));
        let html = x.start(tag);
        x.newline();
        x.element(Tag::new("head"), |x| {
            x.newline();
            x.empty(Tag::new("meta").with("charset", "utf-8"));
            x.newline();
            x.line(Tag::new("title"), self.title);
            style_link(x, "stylesheet.css");
            if self.extra_css {
                style_link(x, "extra.css");
            }
        });
        x.newline();
        html
    }
}

fn style_link(x: &mut Xml, href: &str) {
    let tag = Tag::new("link").with("rel", "stylesheet").with("type", "text/css");
    x.empty(tag.with("href", href));
    x.newline();
}

/// The direction of a document, where it must be said.
pub(in crate::epub) fn unusual(dir: Direction) -> Option<&'static str> {
    match dir {
        Direction::Ltr => None,
        Direction::Rtl => Some(dir_name(dir)),
    }
}

pub(super) fn dir_name(dir: Direction) -> &'static str {
    match dir {
        Direction::Ltr => "ltr",
        Direction::Rtl => "rtl",
    }
}
