//! Footnotes: set once, counted by the page breaker, placed by the emitter.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::model::{BlockKind, Direction, NoteId};
use crate::page::{Artifact, Color, Item, Link, Rect, Rule, StructKind, Tag, Target};
use crate::theme::Theme;
use crate::typeset::blocks;
use crate::typeset::chunk::{Chunk, Gap, Row, RowContent};
use crate::typeset::context::{Context, Output};
use crate::typeset::inline::label;
use crate::typeset::paragraph::ParaSpec;
use crate::typeset::scope::Scope;
use crate::typeset::style::TextStyle;
use crate::units::Pt;

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

    /// The last place in a note, at this line or before it, that is between rows.
    pub fn last_break(&self, note: NoteId, line: usize) -> usize {
        self.ends(note).take_while(|end| *end <= line).last().unwrap_or(0)
    }

    /// The rows that begin among some lines of a note.
    pub fn rows_between(&self, note: NoteId, from: usize, to: usize) -> impl Iterator<Item = &Row> {
        let begins = std::iter::once(0).chain(self.ends(note));
        let among = move |(row, at): (_, usize)| (from..to).contains(&at).then_some(row);
        self.rows(note).iter().zip(begins).filter_map(among)
    }

    /// After how many lines each row of a note ends.
    fn ends(&self, note: NoteId) -> impl Iterator<Item = usize> {
        self.rows(note).iter().scan(0, |end, row| {
            *end += row.lines;
            Some(*end)
        })
    }
}

/// Sets all notes whose marks stand in some chunks.
pub fn set_notes(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    chunks: &[Chunk],
) -> NoteSets {
    let mut wanted: Vec<NoteId> = Vec::new();
    for row in chunks.iter().filter_map(|c| c.variants.first()).flat_map(|v| &v.rows) {
        wanted
            .extend(row.notes.iter().filter(|n| !wanted.contains(n)).copied().collect::<Vec<_>>());
    }
    let mut seen: BTreeSet<NoteId> = wanted.iter().copied().collect();
    let mut sets = NoteSets::default();
    for note in wanted {
        let mut rows = set_note(cx, output, scope, note);
        // Notes whose marks stand in a note follow it.
        let mut inner: VecDeque<NoteId> = take_marks(&mut rows).into();
        while let Some(note) = inner.pop_front() {
            if !seen.insert(note) {
                continue;
            }
            let mut more = set_note(cx, output, scope, note);
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

fn set_note(cx: &Context<'_>, output: &mut Output, scope: Scope<'_>, id: NoteId) -> Vec<Row> {
    let Some(note) = cx.book.note(id) else { return Vec::new() };
    let theme = cx.theme;
    let node = output.structure.add(scope.node, StructKind::Note);
    let style = TextStyle::text(theme.note_size);
    let leading = theme.note_leading;
    let inner = Scope { node, style, leading, span: note.span, ..scope };
    let label_node = output.structure.add(node, StructKind::Label);
    let mut chunks: Vec<Chunk> = Vec::new();
    let text_first = matches!(note.blocks.first().map(|b| &b.kind), Some(BlockKind::Paragraph(_)));
    let label = label_items(cx, output, inner, id, note.number, label_node);
    let indent = theme.note_size * theme.note.indent;
    let scope = inner.inset(indent, Pt::ZERO);
    if !text_first {
        let spec = ParaSpec::body(scope);
        chunks.push(blocks::paragraph(cx, output, &[], StructKind::P, &spec));
    }
    chunks.extend(blocks::blocks(cx, output, scope, &note.blocks));
    let mut rows: Vec<Row> = Vec::new();
    let mut after = Gap::NONE;
    for chunk in chunks {
        // The space around tables and quotations is a row, since notes have no gaps.
        let space = usize::from(after.meet(chunk.before).min.min(1));
        if !rows.is_empty() && space > 0 {
            rows.push(Row::items(space, Vec::new()));
        }
        after = chunk.after;
        rows.extend(chunk.variants.into_iter().next().map(|v| v.rows).unwrap_or_default());
    }
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
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    id: NoteId,
    number: u32,
    node: crate::page::StructId,
) -> Vec<Item> {
    let link = output.structure.add(node, StructKind::Link);
    let words = number.to_string();
    let style = scope.style;
    let runs = label(cx, output, Scope { style, ..scope }, &words, Tag::Node(link));
    let width: Pt = runs.iter().map(|r| r.width()).sum();
    let x = scope.at(Pt::ZERO, width);
    let mut items: Vec<Item> = runs.into_iter().map(Item::Glyphs).collect();
    for item in &mut items {
        item.shift(x, Pt::ZERO);
    }
    items.push(Item::Link(Link {
        rect: Rect { x, y: -style.size * 0.8, width, height: style.size * 1.05 },
        target: Target::note_mark(id),
        contents: cx.locale().note_number(&words),
        tag: Tag::Node(link),
    }));
    items
}

/// The short rule above the notes, given the baseline of the first.
pub fn rule(theme: &Theme, left: Pt, direction: Direction, first: Pt) -> Item {
    let width = theme.indent * theme.note.rule_length;
    let x = match direction {
        Direction::Ltr => left,
        Direction::Rtl => left + theme.measure - width,
    };
    Item::Rule(Rule {
        rect: Rect {
            x,
            y: first - theme.note_size * theme.note.rule_above,
            width,
            height: theme.note.rule,
        },
        color: Color::Black,
        tag: Tag::Artifact(Artifact::Layout),
    })
}
