//! Pages as text that a person can read and a test can compare: one line an
//! item, positions in points with one decimal.

use std::fmt::Write;

use super::{Item, Page, Pages, PictureSource, Structure, Tag, Target};

/// All pages.
pub fn dump(pages: &Pages) -> String {
    let mut out = String::new();
    for (index, page) in pages.pages.iter().enumerate() {
        dump_page(&mut out, index, page, &pages.structure);
    }
    out
}

fn dump_page(out: &mut String, index: usize, page: &Page, structure: &Structure) {
    let _ = writeln!(
        out,
        "page {} [{}] {:?} {:.0}x{:.0}",
        index + 1,
        page.folio,
        page.side,
        page.size.0.0,
        page.size.1.0
    );
    let mut items = page.items.iter().peekable();
    while let Some(item) = items.next() {
        match item {
            Item::Glyphs(run) => {
                // Runs of one line and meaning are one line here.
                let mut text = run.text.to_string();
                let mut end = run.origin.x + run.width();
                while let Some(Item::Glyphs(next)) = items.peek() {
                    if next.tag != run.tag || next.origin.y != run.origin.y || next.face != run.face
                    {
                        break;
                    }
                    text.push_str(&next.text);
                    end = next.origin.x + next.width();
                    items.next();
                }
                let _ = writeln!(
                    out,
                    "  {:6.1} {:6.1}..{:5.1} {:4.1} {} {text:?}",
                    run.origin.y.0,
                    run.origin.x.0,
                    end.0,
                    run.size.0,
                    tag(run.tag, structure),
                );
            }
            Item::Picture(picture) => {
                let what = match &picture.what {
                    PictureSource::Image(id) => format!("image {}", id.0),
                    PictureSource::Drawing(_) => String::from("drawing"),
                };
                let r = picture.rect;
                let _ = writeln!(
                    out,
                    "  {:6.1} {:6.1}..{:5.1} {what} {:.1} high {}",
                    r.y.0,
                    r.x.0,
                    (r.x + r.width).0,
                    r.height.0,
                    tag(picture.tag, structure)
                );
            }
            Item::Rule(rule) => {
                let r = rule.rect;
                let _ = writeln!(
                    out,
                    "  {:6.1} {:6.1}..{:5.1} rule {:.2} high",
                    r.y.0,
                    r.x.0,
                    (r.x + r.width).0,
                    r.height.0
                );
            }
            Item::Link(link) => {
                let to = match &link.target {
                    Target::Uri(uri) => uri.clone(),
                    Target::Anchor(id) => format!("anchor {}", id.0),
                    Target::Named(name) => format!("#{name}"),
                };
                let _ = writeln!(out, "  link {:?} -> {to}", link.contents);
            }
        }
    }
}

fn tag(tag: Tag, structure: &Structure) -> String {
    match tag {
        Tag::Artifact(kind) => format!("({kind:?})"),
        Tag::Node(id) => structure.get(id).map_or(String::from("?"), |n| {
            format!("{:?}", n.kind).split([' ', '{']).next().unwrap_or("").into()
        }),
    }
}
