//! Chapters into a book: sides, blank pages, numbers, heads, one structure tree.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::assets::Cover;
use crate::model::{AnchorId, Book, Chapter, Matter, Role};
use crate::page::{
    Destination, Folio, Item, OutlineEntry, Page, PageQuality, Pages, Picture, PictureSource, Rect,
    Side, StructId, StructKind, Structure, Tag,
};
use crate::units::Pt;

use super::context::{Context, Output};
use super::pages::emit::ChapterPage;
use super::pages::emit::anchors_of;
use super::pages::running_heads::{add_head_and_folio, running_head};
use super::scope::Scope;

/// A chapter on pages without numbers.
pub struct ChapterPages {
    /// Whether it was set to begin on a right-hand page.
    pub recto: bool,
    /// Its pages in order.
    pub pages: Vec<ChapterPage>,
    /// What else came out.
    pub output: Output,
}

/// Where a page of a chapter comes to stand.
#[derive(Debug, Clone, Copy)]
enum Slot {
    /// A blank page.
    Blank(Folio, Side),
    /// A page of a chapter: which chapter, which of its pages.
    Page(usize, usize, Folio, Side),
}

/// Which side a chapter begins on; `None` for one within a chapter, which takes
/// the next page.
fn side_of(chapter: &Chapter) -> Option<Side> {
    match chapter.role {
        Role::Copyright => Some(Side::Verso),
        _ if chapter.depth > 0 => None,
        _ => Some(Side::Recto),
    }
}

/// Gives every page its side and number.
fn slots(book: &Book, drafts: &[ChapterPages]) -> Vec<Slot> {
    let mut slots = Vec::new();
    let mut number = 0;
    let mut front = true;
    let mut side = Side::Recto;
    let flip = |side: Side| match side {
        Side::Recto => Side::Verso,
        Side::Verso => Side::Recto,
    };
    for (index, (chapter, draft)) in book.chapters.iter().zip(drafts).enumerate() {
        if draft.pages.is_empty() {
            continue;
        }
        let begins_text = front && chapter.matter != Matter::Front;
        let folio = |front: bool, n: u32| if front { Folio::Roman(n) } else { Folio::Arabic(n) };
        if side_of(chapter).is_some_and(|wanted| wanted != side) {
            number += 1;
            slots.push(Slot::Blank(folio(front, number), side));
            side = flip(side);
        }
        if begins_text {
            front = false;
            number = 0;
        }
        for page in 0..draft.pages.len() {
            number += 1;
            slots.push(Slot::Page(index, page, folio(front, number), side));
            side = flip(side);
        }
    }
    slots
}

/// Whether each chapter is to be set for a right-hand page: all but those that
/// take the next page and find it on the left.
pub fn sides(book: &Book, drafts: &[ChapterPages]) -> Vec<bool> {
    let mut sides = vec![true; drafts.len()];
    for slot in slots(book, drafts) {
        if let Slot::Page(chapter, 0, _, side) = slot
            && book.chapters.get(chapter).is_some_and(|c| side_of(c).is_none())
            && let Some(recto) = sides.get_mut(chapter)
        {
            *recto = side == Side::Recto;
        }
    }
    sides
}

/// The printed page of every anchor.
pub fn folios(book: &Book, drafts: &[ChapterPages]) -> BTreeMap<AnchorId, String> {
    let mut map = BTreeMap::new();
    for slot in slots(book, drafts) {
        let Slot::Page(chapter, page, folio, _) = slot else { continue };
        let Some(draft) = drafts.get(chapter).and_then(|d| d.pages.get(page)) else { continue };
        for anchor in anchors_of(&draft.destinations) {
            map.insert(anchor, folio.to_string());
        }
    }
    map
}

/// Joins the chapters; the cover and its blank inside come before the first.
pub fn assemble(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    cover: Option<&Cover>,
    drafts: Vec<ChapterPages>,
) -> Pages {
    let book = cx.book;
    let slots = slots(book, &drafts);
    let mut out = Pages::default();
    if let Some(cover) = cover {
        add_cover(cx, cover, &mut out);
    }
    let mut offsets = Vec::with_capacity(drafts.len());
    let mut chapters: Vec<Vec<Option<ChapterPage>>> = Vec::with_capacity(drafts.len());
    let mut qualities: Vec<Option<PageQuality>> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        qualities.push(Some(draft.output.quality));
        offsets.push(out.structure.graft(draft.output.structure));
        chapters.push(draft.pages.into_iter().map(Some).collect());
    }
    let size = cx.theme.trim;
    for slot in slots {
        match slot {
            Slot::Blank(folio, side) => {
                out.pages.push(Page { size, folio, side, items: Vec::new(), first_word: None });
            }
            Slot::Page(chapter, page, folio, side) => {
                let taken = chapters.get_mut(chapter).and_then(|c| c.get_mut(page));
                let Some(mut draft) = taken.and_then(Option::take) else { continue };
                if let Some(quality) = qualities.get_mut(chapter).and_then(Option::take) {
                    out.quality.append(quality, out.pages.len());
                }
                let head = running_head(book, book.chapters.get(chapter), side);
                add_head_and_folio(cx, output, scope, &mut draft, side, folio, &head);
                let entry = book.chapters.get(chapter).and_then(|c| c.contents_entry.as_ref());
                let depth = entry.map_or(0, |entry| entry.depth);
                for (level, ..) in &mut draft.bookmarks {
                    *level = level.saturating_add(depth);
                }
                let offset = offsets.get(chapter).copied().unwrap_or(0);
                add(&mut out, draft, size, folio, side, offset);
            }
        }
    }
    out
}

fn add(out: &mut Pages, draft: ChapterPage, size: (Pt, Pt), folio: Folio, side: Side, offset: u32) {
    let page = out.pages.len();
    let mut items = draft.items;
    for item in &mut items {
        let tag = match item {
            Item::Glyphs(run) => &mut run.tag,
            Item::Picture(picture) => &mut picture.tag,
            Item::Rule(rule) => &mut rule.tag,
            Item::Link(link) => &mut link.tag,
        };
        if let Tag::Node(id) = tag
            && *id != Structure::ROOT
        {
            *tag = Tag::Node(StructId(id.0.saturating_add(offset)));
        }
    }
    for (level, title, y) in draft.bookmarks {
        out.outline.push(OutlineEntry { level, title, page, y: y.max(Pt::ZERO) });
    }
    for (target, y) in draft.destinations {
        out.destinations.push(Destination { target, page, y: y.max(Pt::ZERO) });
    }
    out.pages.push(Page { size, folio, side, items, first_word: draft.first_word });
}

/// The cover and its blank inside, so that right-hand pages stay on the right.
fn add_cover(cx: &Context<'_>, cover: &Cover, out: &mut Pages) {
    let size = cx.theme.trim;
    let rect = Rect { x: Pt::ZERO, y: Pt::ZERO, width: size.0, height: size.1 };
    let kind = StructKind::Figure { alt: cover.alt.clone(), image: None, bbox: rect };
    let node = out.structure.add(Structure::ROOT, kind);
    let what = PictureSource::Drawing(Arc::new(cover.drawing(size)));
    let picture = Item::Picture(Picture { what, rect, tag: Tag::Node(node) });
    let page = |items, side| Page { size, folio: Folio::None, side, items, first_word: None };
    out.pages.push(page(vec![picture], Side::Recto));
    out.pages.push(page(Vec::new(), Side::Verso));
}
