//! The fonts that stand in for what the theme's fonts lack.
//!
//! ```text
//! book ─► characters its fonts lack ─► fonts/ of the book, in order
//!                                  └─► those that none of them has ─► the system's
//! ```
//!
//! The system's fonts are looked through only if something is still lacking
//! then. Which of them is taken depends on their names and on what they hold,
//! never on where they lie or in which order they are found; but it depends on
//! which there are. `system = false` in `[fonts]` leaves them alone, and the
//! same book gives the same pages on every machine.

use std::collections::BTreeSet;

use fontdb::{Database, FaceInfo, ID, Style};
use skrifa::{FontRef, MetadataProvider};

use crate::model::{
    Attrs, Block, BlockKind, Book, Chapter, ChapterId, Inline, InlineKind, Lang, Visitor,
    walk_block, walk_chapter, walk_inline,
};
use crate::text::{FaceStyle, Fallbacks, FontBook, FontFace, Generic, Needs, Origin, is_invisible};
use crate::theme::Theme;

/// So many families of the system stand in for one script at most.
const MOST_FAMILIES: usize = 4;

/// Families that have a glyph for everything, which says nothing.
const PLACEHOLDERS: [&str; 4] = ["LastResort", "Last Resort", "Adobe Blank", "Adobe NotDef"];

/// Finds what the theme's fonts lack and puts the families that have it in
/// order, with the system's where they are allowed and needed.
pub fn find(book: &Book, theme: &Theme, fonts: &mut FontBook, system: bool) {
    let needs = needs(book, theme, fonts);
    if needs.is_empty() {
        return;
    }
    if system {
        let has = |c| fonts.iter().any(|(_, face)| face.may_be_embedded() && face.has(c));
        let lacking = needs.filtered(|c| !has(c));
        if !lacking.is_empty() {
            add_from_system(fonts, &lacking);
        }
    }
    fonts.set_fallbacks(Fallbacks::arrange(fonts, &needs));
}

/// The characters of a book that none of the theme's faces has.
fn needs(book: &Book, theme: &Theme, fonts: &FontBook) -> Needs {
    let families = [&theme.serif, &theme.sans, &theme.mono];
    let face = |family: &&String| Some(fonts.face(fonts.select(family, FaceStyle::default())?));
    let faces: Vec<&FontFace> = families.iter().filter_map(face).collect();
    let mut walk = Walk {
        faces,
        known: BTreeSet::new(),
        needs: Needs::default(),
        lang: book.meta.language.clone(),
        generic: Generic::Serif,
    };
    walk.metadata(book);
    walk.book(book);
    walk.text(&theme.ornament);
    walk.text(&theme.chapter_label);
    walk.needs
}

struct Walk<'a> {
    faces: Vec<&'a FontFace>,
    /// Characters that a face of the theme has.
    known: BTreeSet<char>,
    needs: Needs,
    lang: Lang,
    generic: Generic,
}

impl Walk<'_> {
    fn metadata(&mut self, book: &Book) {
        let meta = &book.meta;
        self.text(&meta.title);
        let names = meta.contributors.iter().map(|c| c.name.as_str());
        let series = meta.series.iter().map(|s| s.name.as_str());
        let others = [&meta.subtitle, &meta.publisher, &meta.description, &meta.rights];
        let others = others.into_iter().flatten().map(String::as_str);
        for text in names.chain(series).chain(others) {
            self.text(text);
        }
    }

    fn text(&mut self, text: &str) {
        if text.is_ascii() {
            return;
        }
        for c in text.chars().filter(|c| !c.is_ascii() && !is_invisible(*c)) {
            if self.known.contains(&c) {
                continue;
            }
            // What one face of the theme has, all families can borrow.
            if self.faces.iter().any(|face| face.has(c)) {
                self.known.insert(c);
            } else {
                self.needs.note(c, &self.lang, self.generic);
            }
        }
    }

    fn within(&mut self, attrs: &Attrs, generic: Option<Generic>, go: impl FnOnce(&mut Self)) {
        let outer = (self.lang.clone(), self.generic);
        if let Some(lang) = attrs.lang() {
            self.lang = lang.clone();
        }
        self.generic = generic.unwrap_or(self.generic);
        go(self);
        (self.lang, self.generic) = outer;
    }
}

impl Visitor for Walk<'_> {
    fn chapter(&mut self, _: ChapterId, chapter: &Chapter) {
        let outer = self.lang.clone();
        if let Some(lang) = &chapter.lang {
            self.lang = lang.clone();
        }
        walk_chapter(self, chapter);
        self.lang = outer;
    }

    fn block(&mut self, block: &Block) {
        let generic = match &block.kind {
            BlockKind::Heading { .. } | BlockKind::Figure { .. } => Some(Generic::Sans),
            BlockKind::Code { .. } | BlockKind::Math(_) => Some(Generic::Mono),
            BlockKind::Paragraph(_)
            | BlockKind::List(_)
            | BlockKind::Quote { .. }
            | BlockKind::Admonition { .. }
            | BlockKind::Table(_)
            | BlockKind::DefinitionList(_)
            | BlockKind::Verse(_)
            | BlockKind::SceneBreak
            | BlockKind::Div(_)
            | BlockKind::PageBreak
            | BlockKind::Toc(_)
            | BlockKind::Index(_) => None,
        };
        self.within(&block.attrs, generic, |walk| {
            if let BlockKind::Code { text, .. } | BlockKind::Math(text) = &block.kind {
                walk.text(text);
            }
            walk_block(walk, block);
        });
    }

    fn inline(&mut self, inline: &Inline) {
        let mono = matches!(inline.kind, InlineKind::Code(..) | InlineKind::Math(_));
        self.within(&inline.attrs, mono.then_some(Generic::Mono), |walk| {
            match &inline.kind {
                InlineKind::Text(text) | InlineKind::Code(_, text) | InlineKind::Math(text) => {
                    walk.text(text);
                }
                InlineKind::Ruby(parts) => {
                    parts.iter().for_each(|part| walk.text(&part.reading));
                }
                _ => {}
            }
            walk_inline(walk, inline);
        });
    }
}

/// Adds the families of the system that have what is lacking.
fn add_from_system(fonts: &mut FontBook, lacking: &Needs) {
    let mut db = Database::new();
    db.load_system_fonts();
    let families = families(&db);
    let mut added: BTreeSet<&str> = BTreeSet::new();
    for (need, chars) in lacking.iter() {
        let mut left = chars.clone();
        for _ in 0..MOST_FAMILIES {
            let ranked = families.iter().filter_map(|(name, faces)| {
                let upright = faces.first()?;
                let covered = covered(&db, upright.id, &left);
                (covered > 0).then(|| (need.rank(name, covered, chars), name, faces))
            });
            let Some((_, name, faces)) = ranked.min_by(|a, b| a.0.cmp(&b.0)) else { break };
            if added.insert(name) {
                faces.iter().filter_map(|face| load(&db, face.id)).for_each(|face| {
                    fonts.add(face);
                });
            }
            let before = left.len();
            left.retain(|c| !fonts.iter().any(|(_, f)| f.origin == Origin::System && f.has(*c)));
            if left.is_empty() || left.len() == before {
                break;
            }
        }
    }
}

/// A face of the system that may stand in.
struct Found {
    id: ID,
    /// How far it is from regular, then bold.
    weight: u16,
}

/// The upright faces of each family by its name, the regular one first, then a
/// bold one if there is any.
fn families(db: &Database) -> Vec<(String, Vec<Found>)> {
    let mut all: Vec<(String, &FaceInfo)> = db
        .faces()
        .filter(|face| face.style == Style::Normal && face.stretch == fontdb::Stretch::Normal)
        .filter_map(|face| Some((face.families.first()?.0.clone(), face)))
        .filter(|(name, _)| {
            !PLACEHOLDERS.iter().any(|p| name.contains(p)) && !name.starts_with('.')
        })
        .collect();
    all.sort_by(|(a, x), (b, y)| {
        let key = |f: &FaceInfo| (f.weight.0.abs_diff(400), f.weight.0, f.index);
        a.cmp(b).then_with(|| x.post_script_name.cmp(&y.post_script_name)).then(key(x).cmp(&key(y)))
    });
    let mut out: Vec<(String, Vec<Found>)> = Vec::new();
    for group in all.chunk_by(|a, b| a.0 == b.0) {
        let regular = group.iter().min_by_key(|(_, f)| f.weight.0.abs_diff(400));
        let bold = group.iter().min_by_key(|(_, f)| f.weight.0.abs_diff(700));
        let Some((name, regular)) = regular else { continue };
        let mut faces = vec![Found { id: regular.id, weight: regular.weight.0 }];
        if let Some((_, bold)) = bold.filter(|(_, b)| b.weight.0 >= 600 && b.id != regular.id) {
            faces.push(Found { id: bold.id, weight: bold.weight.0 });
        }
        faces.sort_by_key(|f| f.weight);
        out.push((name.clone(), faces));
    }
    out
}

/// How many of the characters a face has.
fn covered(db: &Database, id: ID, chars: &BTreeSet<char>) -> usize {
    db.with_face_data(id, |data, index| {
        let font = FontRef::from_index(data, index).ok()?;
        let map = font.charmap();
        Some(chars.iter().filter(|c| map.map(**c).is_some()).count())
    })
    .flatten()
    .unwrap_or(0)
}

fn load(db: &Database, id: ID) -> Option<FontFace> {
    let face = db.with_face_data(id, |data, index| FontFace::parse_index(data.into(), index))??;
    face.may_be_embedded().then_some(FontFace { origin: Origin::System, ..face })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Metadata;

    #[test]
    fn only_what_the_theme_lacks_is_needed() {
        let meta = Metadata {
            title: "Straße, Ночь, λόγος, 漢字".into(), ..Metadata::default()
        };
        let book = Book { meta, ..Book::default() };
        let needs = needs(&book, &Theme::default(), &FontBook::shipped());
        let chars: BTreeSet<char> = needs.iter().flat_map(|(_, chars)| chars.clone()).collect();
        assert_eq!(chars, "漢字".chars().collect());
    }
}
