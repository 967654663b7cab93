//! What stands among words and is none: pictures, formulas, ruby.

use crate::model::{Image, Inline, NodeId, RubyPart};
use crate::page::{Rect, StructKind};
use crate::text::is_cjk;
use crate::typeset::object::Object;
use crate::typeset::scope::Scope;
use crate::typeset::style::TextStyle;
use crate::units::Pt;

use super::ruby::ruby;
use super::{Flattener, InlineScope, code_style, formula, single_line};

impl Flattener<'_, '_> {
    /// A formula; one that can't be read as its TeX.
    pub(super) fn formula(&mut self, tex: &str, source: NodeId, around: &InlineScope) {
        let row = crate::math::parse(tex).ok();
        let said = row.as_deref().map_or_else(|| tex.to_owned(), crate::math::alt_text);
        let kind = StructKind::Formula(said);
        let node = self.output.structure.add(around.node, kind);
        let mut around = InlineScope { node, ..around.clone() };
        let set = row.and_then(|row| {
            formula::in_line(
                self.cx,
                self.output,
                Scope { style: around.style, node: around.node, ..self.scope },
                &row,
            )
        });
        match set {
            Some(parts) => {
                for (i, part) in parts.into_iter().enumerate() {
                    let source = (i == 0).then_some(source);
                    self.object(Object::Composed(part), source, &around);
                }
            }
            None => {
                around.style = code_style(around.style, self.cx.theme);
                self.text(tex, Some(source), &around);
            }
        }
    }

    /// A picture as high as the letters around it; nothing if it was not read.
    pub(super) fn image(&mut self, image: &Image, around: &InlineScope) {
        let Some(asset) = self.cx.assets.get(image.source) else { return };
        let (w, h) = (f64::from(asset.size.0.0.max(1)), f64::from(asset.size.1.0.max(1)));
        let height = around.style.size;
        let width = (height * (w / h)).min(self.cx.theme.measure);
        let kind = StructKind::Figure {
            alt: image.alt.clone(),
            image: Some(image.source),
            bbox: Rect::default(),
        };
        let mut inner = around.clone();
        inner.node = self.output.structure.add(around.node, kind);
        let height = width * (h / w);
        self.object(Object::Picture { image: image.source, width, height }, None, &inner);
    }

    /// Characters with their readings; those without one are text.
    pub(super) fn ruby(&mut self, parts: &[RubyPart], around: &InlineScope) {
        let node = self.output.structure.add(around.node, StructKind::Ruby);
        let lang = self.language(around);
        for part in parts {
            if part.reading.is_empty() {
                self.inlines(&part.base, around);
                continue;
            }
            let scope = Scope { style: around.style, node, lang: &lang, ..self.scope };
            let object = self.ruby_part(scope, part);
            let source = part.base.first().map(|inline| inline.id);
            self.object(object, source, &InlineScope { node, ..around.clone() });
        }
    }

    fn ruby_part(&mut self, scope: Scope<'_>, part: &RubyPart) -> Object {
        let base_node = self.output.structure.add(scope.node, StructKind::RubyBase);
        let base =
            single_line(self.cx, self.output, Scope { node: base_node, ..scope }, &part.base);
        let text_node = self.output.structure.add(scope.node, StructKind::RubyText);
        let small =
            TextStyle { size: scope.style.size * self.cx.theme.inline.reading_size, ..scope.style };
        let reading = [Inline::text(part.reading.as_str(), scope.span)];
        let scope_of_reading = Scope { style: small, node: text_node, ..scope };
        let reading = single_line(self.cx, self.output, scope_of_reading, &reading);
        // Latin readings of neighbours must not run into one word.
        let latin = !part.reading.chars().all(is_cjk);
        let gap = if latin { small.size * self.cx.theme.inline.reading_gap } else { Pt::ZERO };
        ruby((base, base_node), (reading, text_node), (scope.style.size, small.size), gap)
    }

    /// Adds an object in the place of one character.
    fn object(&mut self, object: Object, source: Option<NodeId>, around: &InlineScope) {
        let face = self.cx.faces.get(around.style.family, around.style.style);
        self.builder.object(object, face, source, around);
    }
}
