//! How a stretch of text is set: face, size, features.

use crate::model::{Lang, SpanRole};
use crate::page::Color;
use crate::text::{FaceId, FaceStyle, Features, FontBook, Weight};
use crate::theme::Theme;
use crate::units::{Em, Pt};

/// Everything that decides how a character looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextStyle {
    /// The family by its use.
    pub family: Family,
    /// Weight and slope.
    pub style: FaceStyle,
    /// The size.
    pub size: Pt,
    /// OpenType features.
    pub features: Features,
    /// The colour.
    pub color: Color,
    /// Above the baseline by this.
    pub rise: Pt,
    /// Extra space after each letter.
    pub tracking: Em,
    /// Lines and grounds that go with the letters.
    pub decorations: Decorations,
}

/// What is drawn with letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Decorations {
    /// A line under them: words that were inserted.
    pub under: bool,
    /// A line through them: words that were taken out.
    pub through: bool,
    /// A ground under them: words that are marked.
    pub ground: bool,
    /// A frame around them: a key.
    pub frame: bool,
}

/// A family by what it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// Text.
    Serif,
    /// Headings and captions.
    Sans,
    /// Code.
    Mono,
}

impl TextStyle {
    /// The same with the forms of a language.
    pub fn in_language(self, lang: &Lang) -> TextStyle {
        TextStyle { features: self.features.in_language(lang), ..self }
    }

    /// The text of the book at a size, with old-style figures.
    pub fn text(size: Pt) -> TextStyle {
        TextStyle {
            family: Family::Serif,
            style: FaceStyle::default(),
            size,
            features: Features::OLD_STYLE,
            color: Color::Black,
            rise: Pt::ZERO,
            tracking: Em(0.0),
            decorations: Decorations::default(),
        }
    }

    /// Small capitals for heads and labels: all letters small, spaced.
    pub fn spaced_caps(size: Pt, tracking: Em) -> TextStyle {
        let mut style = TextStyle::text(size).small_caps(tracking);
        style.features = style.features.and(Features::CAPS_TO_SMALL).and(Features::NO_LIGATURES);
        style
    }

    /// The same for a group of words.
    #[must_use]
    pub fn span(mut self, role: SpanRole, theme: &Theme) -> TextStyle {
        match role {
            SpanRole::Plain => {}
            SpanRole::Inserted | SpanRole::Underlined => self.decorations.under = true,
            SpanRole::Marked => self.decorations.ground = true,
            SpanRole::Small => self.size = self.size * theme.inline.small_size,
        }
        self
    }

    /// The same in italic; italic within italic is upright again.
    #[must_use]
    pub fn emphasised(mut self) -> TextStyle {
        self.style.italic = !self.style.italic;
        self
    }

    /// The same in a weight.
    #[must_use]
    pub fn weight(mut self, weight: Weight) -> TextStyle {
        self.style.weight = weight;
        self
    }

    /// The same in italic.
    #[must_use]
    pub fn italic(mut self) -> TextStyle {
        self.style.italic = true;
        self
    }

    /// The same in another family; figures stay old-style but in code.
    #[must_use]
    pub fn family(mut self, family: Family) -> TextStyle {
        self.family = family;
        if family == Family::Mono {
            self.features = Features::NO_LIGATURES;
        }
        self
    }

    /// The same in small capitals, a little spaced.
    #[must_use]
    pub fn small_caps(mut self, tracking: Em) -> TextStyle {
        self.features = self.features.and(Features::SMALL_CAPS);
        self.tracking = tracking;
        self
    }

    /// The same in a colour.
    #[must_use]
    pub fn color(mut self, color: Color) -> TextStyle {
        self.color = color;
        self
    }
}

/// The faces of a book by use and style, looked up once.
#[derive(Debug, Clone)]
pub struct Faces {
    faces: Vec<(Family, FaceStyle, FaceId)>,
    any: FaceId,
}

impl Faces {
    /// Looks up the theme's families; one that is unknown is replaced by the
    /// shipped one of its kind.
    pub fn new(fonts: &FontBook, theme: &Theme) -> Faces {
        let default = Theme::default();
        let families = [
            (Family::Serif, &theme.serif, &default.serif),
            (Family::Sans, &theme.sans, &default.sans),
            (Family::Mono, &theme.mono, &default.mono),
        ];
        let mut faces = Vec::new();
        for (family, name, fallback) in families {
            for weight in [Weight::Regular, Weight::Semibold, Weight::Bold] {
                for italic in [false, true] {
                    let style = FaceStyle { weight, italic };
                    let found = fonts.select(name, style).or_else(|| fonts.select(fallback, style));
                    faces.extend(found.map(|id| (family, style, id)));
                }
            }
        }
        let any = faces.first().map_or(FaceId(0), |(.., id)| *id);
        Faces { faces, any }
    }

    /// The face of a style.
    pub fn get(&self, family: Family, style: FaceStyle) -> FaceId {
        let found = self.faces.iter().find(|(f, s, _)| *f == family && *s == style);
        found.map_or(self.any, |(.., id)| *id)
    }
}
