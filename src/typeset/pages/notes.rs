//! Footnotes: set once, counted by the page breaker, placed by the emitter.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::model::{BlockKind, Direction, NoteId};
use crate::page::{Artifact, Color, Item, Link, Rect, Rule, StructKind, Tag, Target};
use crate::theme::Theme;
use crate::typeset::blocks::{self, Place};
use crate::typeset::chapter::Setter;
use crate::typeset::chunk::{Chunk, Row, RowContent};
use crate::typeset::style::TextStyle;
use crate::units::Pt;

use super::emit::mark_name;

/// The notes of a chapter, each as rows of note lines.
#[derive(Debug, Default)]
pub struct NoteSets {
    sets: BTreeMap<NoteId, Vec<Row>>,
}

impl NoteSets {
    /// The rows of a note, and after them those of notes that are marked in it:
    /// the first row of each of these has it among its notes.
    pub fn rows(&self, note: NoteId) -> &[Row] {
        self.sets.get(&note).map_or(&[], Vec::as_slice)
    }

    /// How many note lines it takes.
    pub fn lines(&self, note: NoteId) -> usize {
        self.rows(note).iter().map(|r| r.lines).sum()
    }
}

/// Sets all notes whose marks stand in some chunks.
pub fn set_notes(setter: &mut Setter<'_>, chunks: &[Chunk], place: Place) -> NoteSets {
    let mut wanted: Vec<NoteId> = Vec::new();
    for row in chunks.iter().filter_map(|c| c.variants.first()).flat_map(|v| &v.rows) {
        wanted
            .extend(row.notes.iter().filter(|n| !wanted.contains(n)).copied().collect::<Vec<_>>());
    }
    let mut seen: BTreeSet<NoteId> = wanted.iter().copied().collect();
    let mut sets = NoteSets::default();
    for note in wanted {
        let mut rows = set_note(setter, note, place);
        // Notes whose marks stand in a note follow it.
        let mut inner: VecDeque<NoteId> = take_marks(&mut rows).into();
        while let Some(note) = inner.pop_front() {
            if !seen.insert(note) {
                continue;
            }
            let mut more = set_note(setter, note, place);
            inner.extend(take_marks(&mut more));
            if let Some(first) = more.first_mut() {
                first.notes.push(note);
            }
            rows.extend(more);
        }
        sets.sets.insert(note, rows);
    }
    sets
}

/// Takes the marks of notes out of some rows.
fn take_marks(rows: &mut [Row]) -> Vec<NoteId> {
    rows.iter_mut().flat_map(|row| std::mem::take(&mut row.notes)).collect()
}

/// The chunks with the second and later marks of a note counted for nothing:
/// the note stands where its first mark does.
pub fn each_once(chunks: &[Chunk]) -> Cow<'_, [Chunk]> {
    let mut seen: BTreeSet<NoteId> = BTreeSet::new();
    let mut again = false;
    for row in chunks.iter().filter_map(|c| c.variants.first()).flat_map(|v| &v.rows) {
        again |= !row.notes.iter().all(|note| seen.insert(*note));
    }
    if !again {
        return Cow::Borrowed(chunks);
    }
    let mut before: BTreeSet<NoteId> = BTreeSet::new();
    let mut chunks = chunks.to_vec();
    for chunk in &mut chunks {
        let mut after = before.clone();
        for variant in &mut chunk.variants {
            let mut seen = before.clone();
            for row in &mut variant.rows {
                row.notes.retain(|note| seen.insert(*note));
            }
            after.append(&mut seen);
        }
        before = after;
    }
    Cow::Owned(chunks)
}

fn set_note(setter: &mut Setter<'_>, id: NoteId, place: Place) -> Vec<Row> {
    let Some(note) = setter.book.note(id) else { return Vec::new() };
    let theme = setter.theme;
    let outer_span = setter.span;
    let outer_leading = std::mem::replace(&mut setter.leading, theme.note_leading);
    setter.span = note.span;
    let node = setter.structure.add(setter.section, StructKind::Note);
    let style = TextStyle::text(theme.note_size);
    let inner = Place { node, style, flush: true, ..place };
    let label_node = setter.structure.add(node, StructKind::Label);
    let mut chunks: Vec<Chunk> = Vec::new();
    let text_first = matches!(note.blocks.first().map(|b| &b.kind), Some(BlockKind::Paragraph(_)));
    let label = label_items(setter, id, note.number, inner, label_node);
    let indent = theme.note_size * 1.25;
    let place = inner.inset(setter.direction, indent, Pt::ZERO);
    if !text_first {
        let spec = blocks::ParaSpec::body(setter, place);
        chunks.push(blocks::paragraph(setter, &[], StructKind::P, &spec));
    }
    chunks.extend(blocks::blocks(setter, &note.blocks, place));
    setter.span = outer_span;
    setter.leading = outer_leading;
    let mut rows: Vec<Row> = chunks
        .into_iter()
        .filter_map(|c| c.variants.into_iter().next())
        .flat_map(|v| v.rows)
        .collect();
    if let Some(first) = rows.first_mut() {
        let own = std::mem::replace(&mut first.content, RowContent::Items(Vec::new()));
        let mut label = RowContent::Items(label);
        if let RowContent::Offset { down, .. } = &own {
            label = RowContent::Offset { down: *down, content: Box::new(label) };
        }
        first.content = RowContent::Group(vec![label, own]);
    }
    rows
}

/// The number of a note with the way back to its mark.
fn label_items(
    setter: &mut Setter<'_>,
    id: NoteId,
    number: u32,
    place: Place,
    node: crate::page::StructId,
) -> Vec<Item> {
    let link = setter.structure.add(node, StructKind::Link);
    let words = number.to_string();
    let style = place.style;
    let runs = blocks::label(setter, &words, style, Tag::Node(link));
    let width: Pt = runs.iter().map(|r| r.width()).sum();
    let x = place.at(setter.direction, Pt::ZERO, width);
    let mut items: Vec<Item> = runs.into_iter().map(Item::Glyphs).collect();
    for item in &mut items {
        item.shift(x, Pt::ZERO);
    }
    items.push(Item::Link(Link {
        rect: Rect { x, y: -style.size * 0.8, width, height: style.size * 1.05 },
        target: Target::Named(mark_name(id)),
        contents: setter.words().note_number(&words),
        tag: Tag::Node(link),
    }));
    items
}

/// The short rule above the notes, given the baseline of the first.
pub fn rule(theme: &Theme, left: Pt, direction: Direction, first: Pt) -> Item {
    let width = theme.indent * 3.0;
    let x = match direction {
        Direction::Ltr => left,
        Direction::Rtl => left + theme.measure - width,
    };
    Item::Rule(Rule {
        rect: Rect { x, y: first - theme.note_size * 1.35, width, height: Pt(0.4) },
        color: Color::Black,
        tag: Tag::Artifact(Artifact::Layout),
    })
}
