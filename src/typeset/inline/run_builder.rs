//! The characters of a paragraph as they come, with the runs they are of.

use std::ops::Range;

use crate::model::{AnchorId, Direction, NodeId, NoteId};
use crate::text::FaceId;
use crate::typeset::object::Object;
use crate::typeset::styled_text::{LinkSpan, OBJECT, ParaText, TextRun};

use super::InlineScope;

/// Puts a [`ParaText`] together, from its beginning to its end.
pub(super) struct RunBuilder {
    text: ParaText,
    /// A mark that shows nothing was the last thing: what it stands in is one
    /// word all the same.
    joins: bool,
}

impl RunBuilder {
    /// Begins a paragraph that runs in a direction.
    pub(super) fn new(direction: Direction) -> RunBuilder {
        RunBuilder { text: ParaText { direction, ..ParaText::default() }, joins: false }
    }

    /// The paragraph; its runs have no levels yet.
    pub(super) fn finish(self) -> ParaText {
        self.text
    }

    /// The bytes of what there is so far.
    pub(super) fn len(&self) -> usize {
        self.text.text.len()
    }

    /// What comes next belongs to the word before it, if there is one.
    pub(super) fn join_next(&mut self) {
        self.joins = true;
    }

    /// An anchor before what comes next.
    pub(super) fn anchor(&mut self, anchor: AnchorId) {
        self.text.anchors.push((self.len(), anchor));
    }

    /// The mark of a note, which comes next.
    pub(super) fn note(&mut self, note: NoteId) {
        self.text.notes.push((self.len(), note));
    }

    /// A link for runs to be part of: its place in [`ParaText::links`].
    pub(super) fn link(&mut self, link: LinkSpan) -> usize {
        self.text.links.push(link);
        self.text.links.len() - 1
    }

    /// Adds a range of a text as a run; `source` is the inline whose text it is.
    pub(super) fn run(
        &mut self,
        text: &str,
        range: Range<usize>,
        face: FaceId,
        source: Option<NodeId>,
        scope: &InlineScope,
    ) {
        let mut from = range.start;
        if std::mem::take(&mut self.joins) {
            from += self.rest_of_word(text.get(range.clone()).unwrap_or(""), face, scope);
        }
        let rest = text.get(from..range.end).unwrap_or("");
        if rest.is_empty() {
            return;
        }
        let start = self.len();
        self.text.text.push_str(rest);
        let offset = u32::try_from(from).unwrap_or(u32::MAX);
        self.push(start, face, source.map(|id| (id, offset)), None, scope);
    }

    /// Adds an object in the place of one character.
    pub(super) fn object(
        &mut self,
        object: Object,
        face: FaceId,
        source: Option<NodeId>,
        scope: &InlineScope,
    ) {
        let start = self.len();
        self.text.text.push(OBJECT);
        self.push(start, face, source.map(|id| (id, 0)), Some(object), scope);
    }

    fn push(
        &mut self,
        start: usize,
        face: FaceId,
        source: Option<(NodeId, u32)>,
        object: Option<Object>,
        scope: &InlineScope,
    ) {
        self.text.runs.push(TextRun {
            range: start..self.text.text.len(),
            style: scope.style,
            face,
            node: scope.node,
            lang: scope.lang.clone(),
            source,
            level: 0,
            link: scope.link,
            object,
        });
    }

    /// Adds the beginning of a text to the word before it, if it goes on there
    /// as it was: a mark of the index changes neither kerning nor hyphenation.
    /// Says how many bytes that is.
    fn rest_of_word(&mut self, text: &str, face: FaceId, scope: &InlineScope) -> usize {
        let word = text.find(|c: char| c.is_whitespace() || c == OBJECT).unwrap_or(text.len());
        let inside = self.text.text.chars().next_back().is_some_and(|c| !c.is_whitespace());
        let Some(last) = self.text.runs.last_mut().filter(|_| inside) else { return 0 };
        let same = last.style == scope.style
            && last.face == face
            && last.node == scope.node
            && last.lang == scope.lang
            && last.link == scope.link
            && last.object.is_none();
        if !same {
            return 0;
        }
        self.text.text.push_str(text.get(..word).unwrap_or(""));
        last.range.end = self.text.text.len();
        word
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::StructId;
    use crate::typeset::style::TextStyle;
    use crate::units::Pt;

    fn scope() -> InlineScope {
        let style = TextStyle::text(Pt(11.0));
        InlineScope { style, node: StructId(1), lang: None, link: None }
    }

    fn words(builder: RunBuilder) -> Vec<String> {
        let ParaText { text, runs, .. } = builder.finish();
        runs.iter().map(|run| text[run.range.clone()].to_owned()).collect()
    }

    fn add(builder: &mut RunBuilder, text: &str, scope: &InlineScope) {
        builder.run(text, 0..text.len(), FaceId(0), Some(NodeId::NONE), scope);
    }

    #[test]
    fn a_mark_within_a_word_does_not_part_it() {
        let mut builder = RunBuilder::new(Direction::Ltr);
        add(&mut builder, "a sea", &scope());
        builder.join_next();
        add(&mut builder, "side town", &scope());
        assert_eq!(words(builder), ["a seaside", " town"]);
    }

    #[test]
    fn a_mark_after_a_word_or_before_another_look_joins_nothing() {
        let mut builder = RunBuilder::new(Direction::Ltr);
        add(&mut builder, "a ", &scope());
        builder.join_next();
        add(&mut builder, "sea", &scope());
        builder.join_next();
        let italic = InlineScope { style: scope().style.italic(), ..scope() };
        add(&mut builder, "side", &italic);
        assert_eq!(words(builder), ["a ", "sea", "side"]);
    }

    #[test]
    fn runs_know_where_their_text_was_written() {
        let mut builder = RunBuilder::new(Direction::Ltr);
        builder.run("one two", 4..7, FaceId(0), Some(NodeId::NONE), &scope());
        builder.run("of the tool", 0..3, FaceId(0), None, &scope());
        let runs = builder.finish().runs;
        assert_eq!(runs[0].source, Some((NodeId::NONE, 4)));
        assert_eq!(runs[1].source, None);
    }

    #[test]
    fn anchors_and_notes_stand_before_what_comes_next() {
        let mut builder = RunBuilder::new(Direction::Ltr);
        add(&mut builder, "word", &scope());
        builder.note(NoteId(3));
        builder.anchor(AnchorId(5));
        add(&mut builder, "1", &scope());
        let text = builder.finish();
        assert_eq!(text.notes, [(4, NoteId(3))]);
        assert_eq!(text.anchors, [(4, AnchorId(5))]);
    }
}
