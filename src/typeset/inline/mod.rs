//! From the model's inlines to one run of characters with styles.
//!
//! [`flatten`] walks them once and makes a [`ParaText`]:
//!
//! ```text
//! inlines ─► here: styles, languages, nodes of the structure
//!              ├─ links: links, cross-references, marks of notes
//!              ├─ objects: pictures, formulas, ruby
//!              └─ characters: cut where the face changes (face_runs)
//!            ─► run_builder: the characters and their runs
//! ```

mod characters;
mod face_runs;
pub mod formula;
mod label;
mod links;
mod objects;
mod ruby;
mod run_builder;

use crate::model::{Attrs, CodeRole, Direction, Inline, InlineKind, Lang, NodeId};
use crate::page::{GlyphRun, Item, StructId, StructKind};
use crate::text::{HanStyle, Weight};
use crate::theme::Theme;
use crate::typeset::bidi;
use crate::typeset::context::{Context, Output};
use crate::typeset::lines::Alignment;
use crate::typeset::paragraph::{ParaSpec, break_lines};
use crate::typeset::scope::Scope;
use crate::typeset::style::{Family, TextStyle};
use crate::typeset::styled_text::{LINE_END, ParaText};
use crate::units::{Em, Pt};

pub use label::{centred_line, label};

use run_builder::RunBuilder;

/// The measure of what is set on one line, however long.
const UNBROKEN: Pt = Pt(100_000.0);

/// What an inline takes over from those around it.
#[derive(Debug, Clone, PartialEq)]
struct InlineScope {
    style: TextStyle,
    /// The node of the structure tree that it is part of.
    node: StructId,
    /// Its language, where it is not the block's.
    lang: Option<Lang>,
    /// The link that it is part of, in [`ParaText::links`].
    link: Option<usize>,
}

/// Turns inlines into a [`ParaText`], adding nodes to the structure below that of
/// the scope.
pub fn flatten(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    inlines: &[Inline],
) -> ParaText {
    let builder = RunBuilder::new(scope.direction);
    let mut flattener = Flattener { cx, output, scope, builder, isolates: Vec::new() };
    let style = scope.style.in_language(scope.lang);
    let around = InlineScope { style, node: scope.node, lang: None, link: None };
    flattener.inlines(inlines, &around);
    let Flattener { builder, isolates, .. } = flattener;
    let mut text = builder.finish();
    bidi::set_levels(&mut text, &isolates);
    text
}

/// Inlines on one line, from 0 to the right: their words alone.
pub fn single_line(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    content: &[Inline],
) -> Vec<GlyphRun> {
    let text = flatten(cx, output, scope, content);
    let scope = Scope { left: Pt::ZERO, width: UNBROKEN, ..scope };
    let spec = ParaSpec::block(scope, Alignment::Ragged);
    let para = break_lines(cx, output, text, scope.node, &spec, Vec::new());
    let line = para.set_line(cx.shaper, 0, 0);
    let glyphs = |item| match item {
        Item::Glyphs(run) => Some(run),
        Item::Picture(_) | Item::Rule(_) | Item::Link(_) => None,
    };
    line.items.into_iter().filter_map(glyphs).collect()
}

/// Walks the inlines of a block.
struct Flattener<'s, 'a> {
    cx: &'s Context<'a>,
    output: &'s mut Output,
    /// The block's.
    scope: Scope<'s>,
    builder: RunBuilder,
    /// What has a direction of its own, inner ones first.
    isolates: Vec<bidi::Isolate>,
}

impl Flattener<'_, '_> {
    fn inlines(&mut self, inlines: &[Inline], around: &InlineScope) {
        for inline in inlines {
            self.inline(inline, around);
        }
    }

    fn inline(&mut self, inline: &Inline, around: &InlineScope) {
        let begin = self.builder.len();
        self.kind(inline, around);
        let own = match &inline.kind {
            InlineKind::Code(..) | InlineKind::Math(_) => Some(Direction::Ltr),
            _ => inline.attrs.dir(),
        };
        self.isolates.extend(own.map(|direction| (begin..self.builder.len(), direction)));
    }

    /// Every kind of inline, whatever its attributes are.
    fn kind(&mut self, inline: &Inline, around: &InlineScope) {
        let mut around = self.attributes(&inline.attrs, around);
        let tokens = &self.cx.theme.inline;
        let style = around.style;
        match &inline.kind {
            InlineKind::Text(text) => {
                let shown = !self.scope.listed && inline.id != NodeId::NONE;
                let own = Some(inline.id).filter(|_| shown);
                self.text(text, own, &around);
            }
            InlineKind::Emph(content) => {
                // There are no italics among squares: a heavier face instead.
                around.style = match self.language(&around) {
                    lang if HanStyle::of(&lang).is_some() => style.weight(Weight::Bold),
                    _ => style.emphasised(),
                };
                self.inlines(content, &around);
            }
            InlineKind::Strong(content) => {
                around.style = style.weight(Weight::Bold);
                self.inlines(content, &around);
            }
            InlineKind::Strike(content) => {
                around.style.decorations.through = true;
                self.inlines(content, &around);
            }
            InlineKind::Span(role, content) => {
                around.style = style.span(*role, self.cx.theme);
                self.inlines(content, &around);
            }
            InlineKind::SmallCaps(content) => {
                around.style = style.small_caps(tokens.small_caps_tracking);
                self.inlines(content, &around);
            }
            InlineKind::Sub(content) => {
                around.style.size = style.size * tokens.script_size;
                around.style.rise = style.rise - style.size * tokens.subscript_drop;
                self.inlines(content, &around);
            }
            InlineKind::Sup(content) => {
                around.style.size = style.size * tokens.script_size;
                around.style.rise = style.rise + style.size * tokens.superscript_rise;
                self.inlines(content, &around);
            }
            InlineKind::Code(role, text) => {
                around.node = self.output.structure.add(around.node, StructKind::Code);
                around.style = code_style(style, self.cx.theme);
                around.style.decorations.frame |= *role == CodeRole::Keyboard;
                self.text(text, Some(inline.id), &around);
            }
            InlineKind::Math(tex) => {
                self.formula(tex, inline.id, &around);
            }
            InlineKind::Link { role, target, content } => {
                self.link(*role, target, content, &around);
            }
            InlineKind::Ref { target, form } => self.reference(target, *form, &around),
            InlineKind::Image(image) => self.image(image, &around),
            InlineKind::Note(id) => self.note(*id, &around),
            InlineKind::Ruby(parts) => self.ruby(parts, &around),
            InlineKind::IndexMark(_) => self.builder.join_next(),
            InlineKind::SoftBreak => self.text(" ", None, &around),
            InlineKind::HardBreak => self.text(LINE_END.encode_utf8(&mut [0; 4]), None, &around),
        }
    }

    /// What the attributes of an inline change, and the anchor it has.
    fn attributes(&mut self, attrs: &Attrs, around: &InlineScope) -> InlineScope {
        let mut around = around.clone();
        if let Some(anchor) = attrs.anchor().filter(|_| !self.scope.listed) {
            self.builder.anchor(anchor);
        }
        if let Some(lang) = attrs.lang() {
            around.node = self.output.structure.add(around.node, StructKind::Span);
            if let Some(node) = self.output.structure.get_mut(around.node) {
                node.lang = Some(lang.clone());
            }
            around.style = around.style.in_language(lang);
            around.lang = Some(lang.clone());
        }
        if let Some(expansion) = attrs.expansion() {
            around.node = self.output.structure.add(around.node, StructKind::Span);
            if let Some(node) = self.output.structure.get_mut(around.node) {
                node.expansion = Some(expansion.to_owned());
            }
        }
        around
    }

    /// The language at hand: the inline's, else the block's.
    fn language(&self, around: &InlineScope) -> Lang {
        around.lang.clone().unwrap_or_else(|| self.scope.lang.clone())
    }
}

/// Code within text: a little smaller, so that it is as grey as what is around it.
fn code_style(around: TextStyle, theme: &Theme) -> TextStyle {
    let mut style = around.family(Family::Mono);
    style.size = around.size * theme.inline.code_size;
    style.tracking = Em(0.0);
    style
}
