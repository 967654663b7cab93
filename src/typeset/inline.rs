//! From the model's inlines to one run of characters with styles.
//!
//! A paragraph becomes a [`ParaText`]: its characters in reading order, cut
//! into [`TextRun`]es of one style, meaning and face. What a line breaker must
//! know besides (links, notes, pictures in the line) hangs on the runs.

use std::ops::Range;

use icu_segmenter::{GraphemeClusterSegmenter, GraphemeClusterSegmenterBorrowed};

use crate::model::{
    AnchorId, Attrs, CodeRole, Direction, Inline, InlineKind, Lang, LinkRole, LinkTarget, NodeId,
    NoteId, RefForm,
};
use crate::page::{StructId, StructKind, Target};
use crate::text::{FaceId, Features, HanStyle, Weight, is_cjk, is_hangul};
use crate::units::Em;

use super::bidi;
use super::chapter::Setter;
use super::math;
use super::object::Object;
use super::ruby::ruby;
use super::style::{Family, TextStyle};

/// The character that stands for a forced line end in [`ParaText::text`].
pub const LINE_END: char = '\u{2028}';
/// The character that stands for an [`Object`] in the line.
pub const OBJECT: char = '\u{fffc}';

/// Finds the characters that belong together: a letter with its accents, a
/// picture of several signs (UAX #29).
const CLUSTERS: GraphemeClusterSegmenterBorrowed<'static> = GraphemeClusterSegmenter::new();

/// A paragraph's characters with their styles.
#[derive(Debug, Clone, Default)]
pub struct ParaText {
    /// The characters, with [`LINE_END`] and [`OBJECT`] among them.
    pub text: String,
    /// Which way they run as a whole.
    pub direction: Direction,
    /// What they are, in order, without gaps.
    pub runs: Vec<TextRun>,
    /// The links the runs point at.
    pub links: Vec<LinkSpan>,
    /// Where anchors stand, by byte.
    pub anchors: Vec<(usize, AnchorId)>,
    /// Where marks of notes stand, by byte.
    pub notes: Vec<(usize, NoteId)>,
}

/// Characters of one style and meaning.
#[derive(Debug, Clone)]
pub struct TextRun {
    /// Its bytes in the paragraph's text.
    pub range: Range<usize>,
    /// How it is set.
    pub style: TextStyle,
    /// The face, after fallback.
    pub face: FaceId,
    /// The node of the structure tree it is part of.
    pub node: StructId,
    /// Its language, where it is not the block's.
    pub lang: Option<Lang>,
    /// The inline its first byte was written in, and where.
    pub source: Option<(NodeId, u32)>,
    /// Its level (UAX #9): odd if it runs to the left.
    pub level: u8,
    /// The link it is part of, in [`ParaText::links`].
    pub link: Option<usize>,
    /// What stands in the line in the place of its one character, [`OBJECT`].
    pub object: Option<Object>,
}

/// A link in a paragraph.
#[derive(Debug, Clone)]
pub struct LinkSpan {
    /// Where it leads.
    pub target: Target,
    /// Its words.
    pub contents: String,
    /// Its node.
    pub node: StructId,
}

/// What surrounds an inline.
#[derive(Clone)]
struct Around {
    style: TextStyle,
    node: StructId,
    lang: Option<Lang>,
    link: Option<usize>,
}

/// Turns inlines into a [`ParaText`], adding nodes to the structure below `node`.
pub fn flatten(
    setter: &mut Setter<'_>,
    inlines: &[Inline],
    style: TextStyle,
    node: StructId,
) -> ParaText {
    let out = ParaText { direction: setter.direction, ..ParaText::default() };
    let mut flattener = Flattener { setter, out, joined: false, isolates: Vec::new() };
    let around = Around { style, node, lang: None, link: None };
    flattener.inlines(inlines, &around);
    let Flattener { mut out, isolates, .. } = flattener;
    bidi::set_levels(&mut out, &isolates);
    out
}

struct Flattener<'s, 'a> {
    setter: &'s mut Setter<'a>,
    out: ParaText,
    /// A mark that shows nothing was the last thing: what it stands in is one
    /// word all the same.
    joined: bool,
    /// What has a direction of its own, inner ones first.
    isolates: Vec<bidi::Isolate>,
}

impl Flattener<'_, '_> {
    fn inlines(&mut self, inlines: &[Inline], around: &Around) {
        for inline in inlines {
            self.inline(inline, around);
        }
    }

    fn inline(&mut self, inline: &Inline, around: &Around) {
        let begin = self.out.text.len();
        self.kind(inline, around);
        let own = match &inline.kind {
            InlineKind::Code(..) | InlineKind::Math(_) => Some(Direction::Ltr),
            _ => inline.attrs.dir(),
        };
        self.isolates.extend(own.map(|direction| (begin..self.out.text.len(), direction)));
    }

    fn kind(&mut self, inline: &Inline, around: &Around) {
        let mut around = self.attributes(&inline.attrs, around);
        let style = around.style;
        match &inline.kind {
            InlineKind::Text(text) => {
                let shown = !self.setter.listing && inline.id != NodeId::NONE;
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
                around.style = style.span(*role);
                self.inlines(content, &around);
            }
            InlineKind::SmallCaps(content) => {
                around.style = style.small_caps(Em(0.03));
                self.inlines(content, &around);
            }
            InlineKind::Sub(content) => {
                around.style.size = style.size * 0.7;
                around.style.rise = style.rise - style.size * 0.15;
                self.inlines(content, &around);
            }
            InlineKind::Sup(content) => {
                around.style.size = style.size * 0.7;
                around.style.rise = style.rise + style.size * 0.33;
                self.inlines(content, &around);
            }
            InlineKind::Code(role, text) => {
                around.node = self.setter.structure.add(around.node, StructKind::Code);
                around.style = code_style(style);
                around.style.decorations.frame |= *role == CodeRole::Keyboard;
                self.text(text, Some(inline.id), &around);
            }
            InlineKind::Math(tex) => {
                self.formula(tex, inline.id, around);
            }
            InlineKind::Link { role, target, content } => {
                self.link(*role, target, content, &around);
            }
            InlineKind::Ref { target, form } => self.reference(target, *form, &around),
            InlineKind::Image(image) => self.image(image, &around),
            InlineKind::Note(id) => self.note(*id, &around),
            InlineKind::Ruby(parts) => {
                let node = self.setter.structure.add(around.node, StructKind::Ruby);
                let lang = self.language(&around);
                for part in parts {
                    if part.reading.is_empty() {
                        self.inlines(&part.base, &around);
                        continue;
                    }
                    let object = ruby(self.setter, part, style, node, &lang);
                    let source = part.base.first().map(|inline| inline.id);
                    self.object(object, source, &Around { node, ..around.clone() });
                }
            }
            InlineKind::IndexMark(_) => self.joined = true,
            InlineKind::SoftBreak => self.text(" ", None, &around),
            InlineKind::HardBreak => self.text("\u{2028}", None, &around),
        }
    }

    fn attributes(&mut self, attrs: &Attrs, around: &Around) -> Around {
        let mut around = around.clone();
        if let Some(anchor) = attrs.anchor().filter(|_| !self.setter.listing) {
            self.out.anchors.push((self.out.text.len(), anchor));
        }
        if let Some(lang) = attrs.lang() {
            around.node = self.setter.structure.add(around.node, StructKind::Span);
            if let Some(node) = self.setter.structure.get_mut(around.node) {
                node.lang = Some(lang.clone());
            }
            around.lang = Some(lang.clone());
        }
        if let Some(expansion) = attrs.expansion() {
            around.node = self.setter.structure.add(around.node, StructKind::Span);
            if let Some(node) = self.setter.structure.get_mut(around.node) {
                node.expansion = Some(expansion.to_owned());
            }
        }
        around
    }

    /// A link; one that leads within the book with its page, unless it is that
    /// of a citation.
    fn link(&mut self, role: LinkRole, target: &LinkTarget, content: &[Inline], around: &Around) {
        let (to, page) = match target {
            LinkTarget::External(url) => (Target::Uri(url.clone()), None),
            LinkTarget::Anchor(id) => {
                let page = match role {
                    LinkRole::Plain => self.setter.page_of(*id),
                    LinkRole::Citation => None,
                };
                (Target::Anchor(*id), page)
            }
            LinkTarget::Written(_) | LinkTarget::Named(_) => {
                self.inlines(content, around);
                return;
            }
        };
        let mut inner = around.clone();
        inner.node = self.setter.structure.add(around.node, StructKind::Link);
        inner.link = Some(self.out.links.len());
        let contents = crate::model::plain_text(content);
        self.out.links.push(LinkSpan { target: to, contents, node: inner.node });
        self.inlines(content, &inner);
        if let Some(page) = page {
            let words = self.setter.words().on_page(&page);
            self.text(&format!("\u{a0}({words})"), None, &inner);
        }
    }

    fn reference(&mut self, target: &LinkTarget, form: RefForm, around: &Around) {
        let LinkTarget::Anchor(id) = target else { return };
        let Some(anchor) = self.setter.book.anchor(*id) else { return };
        let own = &self.setter.theme.chapter_label;
        let words = match form {
            RefForm::Title => anchor.title.clone(),
            RefForm::Number => {
                let number = self.setter.words().reference(self.setter.book, anchor, own);
                number.unwrap_or_else(|| anchor.title.clone())
            }
            RefForm::Page => match self.setter.page_of(*id) {
                Some(page) => self.setter.words().page(&page),
                None => anchor.title.clone(),
            },
        };
        let mut inner = around.clone();
        inner.node = self.setter.structure.add(around.node, StructKind::Link);
        inner.link = Some(self.out.links.len());
        self.out.links.push(LinkSpan {
            target: Target::Anchor(*id),
            contents: words.clone(),
            node: inner.node,
        });
        self.text(&words, None, &inner);
    }

    fn note(&mut self, id: NoteId, around: &Around) {
        let Some(note) = self.setter.book.note(id).filter(|_| !self.setter.listing) else { return };
        let number = note.number.to_string();
        let mut inner = around.clone();
        let reference = self.setter.structure.add(around.node, StructKind::Reference);
        inner.node = self.setter.structure.add(reference, StructKind::Link);
        inner.link = Some(self.out.links.len());
        inner.style = note_mark_style(around.style);
        self.raise_if_plain(&mut inner.style, &number);
        self.out.links.push(LinkSpan {
            target: Target::Named(note_name(id)),
            contents: self.setter.words().note_number(&number),
            node: inner.node,
        });
        // The mark belongs to the word before it: no break between them.
        self.out.notes.push((self.out.text.len(), id));
        self.text(&format!("\u{2060}{number}"), None, &inner);
    }

    /// A formula; one that can't be read as its TeX.
    fn formula(&mut self, tex: &str, source: NodeId, mut around: Around) {
        let row = crate::math::parse(tex).ok();
        let said = row.as_deref().map_or_else(|| tex.to_owned(), crate::math::alt_text);
        let kind = StructKind::Formula(said);
        around.node = self.setter.structure.add(around.node, kind);
        let set = row.and_then(|row| math::inline(self.setter, &row, around.style, around.node));
        match set {
            Some(parts) => {
                for (i, part) in parts.into_iter().enumerate() {
                    let source = (i == 0).then_some(source);
                    self.object(Object::Composed(part), source, &around);
                }
            }
            None => {
                around.style = code_style(around.style);
                self.text(tex, Some(source), &around);
            }
        }
    }

    /// Makes the mark of a note small and high where the font has no figures
    /// drawn for the purpose.
    fn raise_if_plain(&self, style: &mut TextStyle, number: &str) {
        let face = self.setter.faces.get(style.family, style.style);
        let shaped = |features| self.setter.shaper.shape(face, features, false, number);
        let ids = |s: &crate::text::Shaped| s.glyphs.iter().map(|g| g.id).collect::<Vec<_>>();
        if ids(&shaped(style.features)) == ids(&shaped(Features::NONE)) {
            style.rise += style.size * 0.33;
            style.size = style.size * 0.62;
        }
    }

    fn image(&mut self, image: &crate::model::Image, around: &Around) {
        let Some(asset) = self.setter.input.assets.get(image.source) else { return };
        let (w, h) = (f64::from(asset.size.0.0.max(1)), f64::from(asset.size.1.0.max(1)));
        let height = around.style.size;
        let width = (height * (w / h)).min(self.setter.theme.measure);
        let kind = StructKind::Figure {
            alt: image.alt.clone(),
            image: Some(image.source),
            bbox: crate::page::Rect::default(),
        };
        let mut inner = around.clone();
        inner.node = self.setter.structure.add(around.node, kind);
        let height = width * (h / w);
        self.object(Object::Picture { image: image.source, width, height }, None, &inner);
    }

    /// Adds an object in the place of one character.
    fn object(&mut self, object: Object, source: Option<NodeId>, around: &Around) {
        let start = self.out.text.len();
        self.out.text.push(OBJECT);
        let face = self.setter.faces.get(around.style.family, around.style.style);
        self.out.runs.push(TextRun {
            range: start..self.out.text.len(),
            style: around.style,
            face,
            node: around.node,
            lang: around.lang.clone(),
            source: source.map(|id| (id, 0)),
            level: 0,
            link: around.link,
            object: Some(object),
        });
    }

    /// Adds characters, cut where the face lacks one and another has it.
    fn text(&mut self, text: &str, source: Option<NodeId>, around: &Around) {
        let base = self.setter.faces.get(around.style.family, around.style.style);
        let lang = self.language(around);
        let mut around = around.clone();
        if HanStyle::of(&lang).is_some() {
            // Old-style figures look like small letters among squares.
            around.style.features = around.style.features.without(Features::OLD_STYLE);
        }
        let around = &around;
        // A font of another script may have figures and stops but no letters.
        let own = self.setter.input.fonts.face(base);
        let latin = ['A', 'z', '0', '(', '@'].into_iter().all(|c| own.has(c));
        if latin && text.is_ascii() {
            self.stretch(text, 0..text.len(), base, source, around);
            return;
        }
        let squares = matches!(HanStyle::of(&lang), Some(han) if han != HanStyle::Korean);
        let voice = (around.style.family, around.style.style);
        let (mut begin, mut at, mut face) = (0, 0, base);
        for end in CLUSTERS.segment_str(text).skip(1) {
            let cluster = text.get(at..end).unwrap_or("");
            let wanted = match cluster {
                "“" | "”" | "‘" | "’" | "—" | "…" | "―" | "‥" | "·" if squares => {
                    self.among_squares(cluster, (text, at), (base, face), around, &lang)
                }
                " " if !self.setter.input.fonts.face(face).has(' ') => base,
                " " if squares => base,
                // Spaces and marks go with what is around them.
                " " | "\u{2028}" | "\u{2060}" | "\u{ad}" => face,
                _ if latin && cluster.is_ascii() => base,
                _ => self.setter.face_for(cluster, base, voice, &lang),
            };
            if wanted != face {
                self.stretch(text, begin..at, face, source, around);
                begin = at;
                face = wanted;
            }
            at = end;
        }
        self.stretch(text, begin..text.len(), face, source, around);
    }

    fn language(&self, around: &Around) -> Lang {
        around.lang.clone().unwrap_or_else(|| self.setter.lang.clone())
    }

    /// The face for a mark that Latin and East Asian text share: that of the
    /// nearest ideograph, where there is one beside it.
    fn among_squares(
        &mut self,
        mark: &str,
        (text, at): (&str, usize),
        (base, before): (FaceId, FaceId),
        around: &Around,
        lang: &Lang,
    ) -> FaceId {
        let is_square = |c: &char| is_cjk(*c) && !is_hangul(*c);
        let letter = |c: &char| c.is_alphanumeric() || is_square(c);
        let previous = text.get(..at).and_then(|t| t.chars().rev().find(letter));
        let next = text.get(at..).and_then(|t| t.chars().find(letter));
        let Some(square) = next.filter(is_square).or(previous.filter(is_square)) else {
            return base;
        };
        let voice = (around.style.family, around.style.style);
        let face = self.setter.face_for(square.encode_utf8(&mut [0; 4]), base, voice, lang);
        let fonts = self.setter.input.fonts;
        [face, before].into_iter().find(|id| fonts.face(*id).has_all(mark)).unwrap_or(base)
    }

    fn stretch(
        &mut self,
        text: &str,
        range: Range<usize>,
        face: FaceId,
        source: Option<NodeId>,
        around: &Around,
    ) {
        let mut range = range;
        if std::mem::take(&mut self.joined) {
            range.start += self.rest_of_word(&text[range.clone()], face, around);
        }
        if range.is_empty() {
            return;
        }
        let start = self.out.text.len();
        let offset = u32::try_from(range.start).unwrap_or(u32::MAX);
        self.out.text.push_str(&text[range]);
        self.out.runs.push(TextRun {
            range: start..self.out.text.len(),
            style: around.style,
            face,
            node: around.node,
            lang: around.lang.clone(),
            source: source.map(|id| (id, offset)),
            level: 0,
            link: around.link,
            object: None,
        });
    }
}

impl Flattener<'_, '_> {
    /// Adds the beginning of a text to the word before it, if it goes on there
    /// as it was: a mark of the index changes neither kerning nor hyphenation.
    /// Says how many bytes that is.
    fn rest_of_word(&mut self, text: &str, face: FaceId, around: &Around) -> usize {
        let word = text.find(|c: char| c.is_whitespace() || c == OBJECT).unwrap_or(text.len());
        let inside = self.out.text.chars().next_back().is_some_and(|c| !c.is_whitespace());
        let Some(last) = self.out.runs.last_mut().filter(|_| inside) else { return 0 };
        let same = last.style == around.style
            && last.face == face
            && last.node == around.node
            && last.lang == around.lang
            && last.link == around.link
            && last.object.is_none();
        if !same {
            return 0;
        }
        self.out.text.push_str(text.get(..word).unwrap_or(""));
        last.range.end = self.out.text.len();
        word
    }
}

/// Code within text: a little smaller, so that it is as grey as what is around it.
pub fn code_style(around: TextStyle) -> TextStyle {
    let mut style = around.family(Family::Mono);
    style.size = around.size * 0.86;
    style.tracking = Em(0.0);
    style
}

/// The mark of a note: superior figures drawn for the purpose.
pub fn note_mark_style(around: TextStyle) -> TextStyle {
    let mut style = around;
    style.family = Family::Serif;
    style.features = Features::SUPERIOR;
    style.style.italic = false;
    style.tracking = Em(0.0);
    style
}

/// The name of a note's place.
pub fn note_name(id: NoteId) -> String {
    format!("note-{}", id.0)
}
