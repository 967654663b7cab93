//! Footnotes: set once, counted by the page breaker, placed by the emitter.

use std::collections::BTreeMap;

use crate::model::{BlockKind, NoteId};
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
    /// The rows of a note.
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
    let mut sets = NoteSets::default();
    for note in wanted {
        let rows = set_note(setter, note, place);
        sets.sets.insert(note, rows);
    }
    sets
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
    let label = label_items(setter, id, note.number, style, label_node);
    let indent = theme.note_size * 1.25;
    let place = inner.inset(indent, Pt::ZERO);
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
        .map(|mut row| {
            // Notes within notes have no place of their own.
            row.notes.clear();
            row
        })
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
    style: TextStyle,
    node: crate::page::StructId,
) -> Vec<Item> {
    let link = setter.structure.add(node, StructKind::Link);
    let words = number.to_string();
    let runs = blocks::label(setter, &words, style, Tag::Node(link));
    let width: Pt = runs.iter().map(|r| r.width()).sum();
    let mut items: Vec<Item> = runs.into_iter().map(Item::Glyphs).collect();
    items.push(Item::Link(Link {
        rect: Rect { x: Pt::ZERO, y: -style.size * 0.8, width, height: style.size * 1.05 },
        target: Target::Named(mark_name(id)),
        contents: setter.words().note(&words),
        tag: Tag::Node(link),
    }));
    items
}

/// The short rule above the notes, given the baseline of the first.
pub fn rule(theme: &Theme, left: Pt, first: Pt) -> Item {
    Item::Rule(Rule {
        rect: Rect {
            x: left,
            y: first - theme.note_size * 1.35,
            width: theme.indent * 3.0,
            height: Pt(0.4),
        },
        color: Color::Black,
        tag: Tag::Artifact(Artifact::Layout),
    })
}
