//! The design tokens and where they come from.

use crate::text::HanStyle;
use crate::units::{Em, Pt};

use super::parts::{
    ContentsTokens, FigureTokens, FormulaTokens, FrontTokens, IndexTokens, InitialTokens,
    InlineTokens, ListTokens, ListingTokens, NoteTokens, OpeningTokens, QuoteTokens,
    RunningHeadTokens, TableTokens,
};

/// How the first line of a chapter begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lead {
    /// A capital over three lines, its word finished in small capitals.
    DropCap,
    /// The first few words in small capitals.
    SmallCaps,
    /// Like any other line.
    Plain,
}

/// Every number the look of a book depends on.
///
/// Lengths are points on paper; the style sheet turns sizes into shares of the
/// text size, so that a reader's own size stays in charge.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    /// The trimmed page.
    pub trim: (Pt, Pt),
    /// How far pictures run over the trim in print.
    pub bleed: Pt,
    /// The margin at the spine.
    pub inner: Pt,
    /// From the top edge to the first baseline.
    pub top: Pt,
    /// The width of the text block.
    pub measure: Pt,
    /// Lines of text on a full page.
    pub lines: usize,
    /// The size of the text.
    pub size: Pt,
    /// From baseline to baseline; the grid of everything.
    pub leading: Pt,
    /// The indent of a paragraph's first line.
    pub indent: Pt,
    /// Family of the text.
    pub serif: String,
    /// Family of headings in the text and of captions.
    pub sans: String,
    /// Family of code.
    pub mono: String,
    /// Footnotes and the copyright page.
    pub note_size: Pt,
    /// From baseline to baseline in footnotes.
    pub note_leading: Pt,
    /// Captions and running heads.
    pub caption_size: Pt,
    /// From baseline to baseline in captions.
    pub caption_leading: Pt,
    /// Block quotations.
    pub quote_size: Pt,
    /// Tables.
    pub table_size: Pt,
    /// Listings: about 67 characters on the measure.
    pub code_size: Pt,
    /// From baseline to baseline in listings: four lines on three of the grid.
    pub code_leading: Pt,
    /// Section headings.
    pub section_size: Pt,
    /// Pull quotes and chapter subtitles' upper bound.
    pub pull_size: Pt,
    /// Chapter titles.
    pub title_size: Pt,
    /// The extra space between the letters of small capitals that stand alone.
    pub caps_tracking: Em,
    /// How a chapter's first line begins.
    pub lead: Lead,
    /// What is printed in a scene break.
    pub ornament: String,
    /// The word before a chapter's number, such as `Essay`; empty for none.
    pub chapter_label: String,
    /// The accent colour as red, green, blue.
    pub accent: [u8; 3],
    /// The hues of listings.
    pub code_hues: CodeHues,
    /// How a chapter opens.
    pub opening: OpeningTokens,
    /// How a chapter within a chapter opens.
    pub nested_opening: OpeningTokens,
    /// The first letters of a chapter.
    pub initial: InitialTokens,
    /// The pages before the contents.
    pub front: FrontTokens,
    /// The contents and other lists of places.
    pub contents: ContentsTokens,
    /// Lists.
    pub list: ListTokens,
    /// Quotations and what is set like them.
    pub quote: QuoteTokens,
    /// Figures.
    pub figure: FigureTokens,
    /// Formulas that are set off.
    pub formula: FormulaTokens,
    /// Tables.
    pub table: TableTokens,
    /// Listings.
    pub listing: ListingTokens,
    /// The index.
    pub index: IndexTokens,
    /// Footnotes.
    pub note: NoteTokens,
    /// Running heads and folios.
    pub running_head: RunningHeadTokens,
    /// Styles within a line.
    pub inline: InlineTokens,
}

/// What tells the parts of a listing apart beside weight and slope.
///
/// Each hue is mixed half and half with the ink it stands in for: with black on
/// paper, with the reader's own text colour on a screen. So a listing is never
/// paler than half its ink, on white and in the dark alike, and hues can be
/// bright enough to be seen. What has no hue is set in the ink itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeHues {
    /// Of types.
    pub types: [u8; 3],
    /// Of what is defined or called.
    pub functions: [u8; 3],
    /// Of text in quotes.
    pub strings: [u8; 3],
    /// Of numbers and constants.
    pub constants: [u8; 3],
    /// Of remarks.
    pub comments: [u8; 3],
    /// Of annotations.
    pub meta: [u8; 3],
    /// Of lines that came.
    pub inserted: [u8; 3],
    /// Of lines that went.
    pub deleted: [u8; 3],
}

impl CodeHues {
    /// A hue as ink on paper.
    pub fn on_paper(hue: [u8; 3]) -> [u8; 3] {
        hue.map(|part| part / 2)
    }

    /// Every hue with the name it has in the style sheet.
    pub fn named(&self) -> [(&'static str, [u8; 3]); 8] {
        [
            ("hue-type", self.types),
            ("hue-function", self.functions),
            ("hue-string", self.strings),
            ("hue-constant", self.constants),
            ("hue-comment", self.comments),
            ("hue-meta", self.meta),
            ("hue-inserted", self.inserted),
            ("hue-deleted", self.deleted),
        ]
    }
}

impl Default for CodeHues {
    fn default() -> Self {
        Self {
            types: [0x00, 0x96, 0xA8],
            functions: [0x2F, 0x5F, 0xD8],
            strings: [0x3C, 0x9A, 0x2E],
            constants: [0xC8, 0x45, 0x2B],
            comments: [0x90, 0x90, 0x90],
            meta: [0x8E, 0x55, 0xB8],
            inserted: [0x3C, 0x9A, 0x2E],
            deleted: [0xC8, 0x35, 0x2B],
        }
    }
}

impl Default for Theme {
    fn default() -> Self {
        Self {
            trim: (Pt(432.0), Pt(648.0)),
            bleed: Pt(9.0),
            inner: Pt(54.0),
            top: Pt(72.0),
            measure: Pt(306.0),
            lines: 37,
            size: Pt(11.0),
            leading: Pt(14.0),
            indent: Pt(14.0),
            serif: "Libertinus Serif".into(),
            sans: "Source Sans 3".into(),
            mono: "Source Code Pro".into(),
            note_size: Pt(8.5),
            note_leading: Pt(11.0),
            caption_size: Pt(9.0),
            caption_leading: Pt(12.0),
            quote_size: Pt(10.0),
            table_size: Pt(9.5),
            code_size: Pt(7.4),
            code_leading: Pt(10.5),
            section_size: Pt(12.5),
            pull_size: Pt(15.0),
            title_size: Pt(26.0),
            caps_tracking: Em(0.08),
            lead: Lead::DropCap,
            ornament: "❧".into(),
            chapter_label: String::new(),
            accent: [0xC8, 0x45, 0x2B],
            code_hues: CodeHues::default(),
            opening: OpeningTokens::default(),
            nested_opening: OpeningTokens::nested(),
            initial: InitialTokens::default(),
            front: FrontTokens::default(),
            contents: ContentsTokens::default(),
            list: ListTokens::default(),
            quote: QuoteTokens::default(),
            figure: FigureTokens::default(),
            formula: FormulaTokens::default(),
            table: TableTokens::default(),
            listing: ListingTokens::default(),
            index: IndexTokens::default(),
            note: NoteTokens::default(),
            running_head: RunningHeadTokens::default(),
            inline: InlineTokens::default(),
        }
    }
}

/// What a book changes in its theme; everything else stays.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Overrides {
    /// The trimmed page.
    pub trim: Option<(Pt, Pt)>,
    /// The margin at the spine.
    pub inner: Option<Pt>,
    /// From the top edge to the first baseline.
    pub top: Option<Pt>,
    /// The width of the text block.
    pub measure: Option<Pt>,
    /// Lines on a full page.
    pub lines: Option<usize>,
    /// The size of the text; the other sizes keep their ratio to it.
    pub size: Option<Pt>,
    /// From baseline to baseline.
    pub leading: Option<Pt>,
    /// The indent of a paragraph.
    pub indent: Option<Pt>,
    /// Family of the text.
    pub serif: Option<String>,
    /// Family of headings and captions.
    pub sans: Option<String>,
    /// Family of code.
    pub mono: Option<String>,
    /// How a chapter's first line begins.
    pub lead: Option<Lead>,
    /// What is printed in a scene break.
    pub ornament: Option<String>,
    /// The word before a chapter's number.
    pub chapter_label: Option<String>,
    /// The accent colour.
    pub accent: Option<[u8; 3]>,
}

/// Sizes of East Asian text: squares look larger than letters of the same
/// size, and their lines need more white between them, readings more still.
const SQUARE_SIZE: Pt = Pt(10.0);
const SQUARE_LEADING: f64 = 1.7;

impl Overrides {
    /// With what is usual in the language of the book wherever the book says
    /// nothing: in East Asian text a measure of whole squares, wide leading, an
    /// indent of one square (two in Chinese), and no initials.
    #[must_use]
    pub fn in_script(&self, han: Option<HanStyle>) -> Overrides {
        let Some(han) = han else { return self.clone() };
        let mut changes = self.clone();
        let size = *changes.size.get_or_insert(SQUARE_SIZE);
        changes.leading.get_or_insert(size * SQUARE_LEADING);
        let squares = match han {
            HanStyle::Simplified | HanStyle::Traditional => 2.0,
            HanStyle::Japanese | HanStyle::Korean => 1.0,
        };
        changes.indent.get_or_insert(size * squares);
        changes.lead.get_or_insert(Lead::Plain);
        let measure = Theme::with(&changes).measure;
        changes.measure.get_or_insert(size * (measure / size).floor());
        changes
    }
}

impl Theme {
    /// The default theme with a book's changes.
    ///
    /// What is not said follows from what is: the other sizes keep their ratio
    /// to the text, the measure its share of the page, the spine takes three
    /// sevenths of what the measure leaves, and as many lines are set as leave
    /// a foot margin a little larger than the head's.
    pub fn with(changes: &Overrides) -> Theme {
        let base = Theme::default();
        let size = changes.size.unwrap_or(base.size);
        let zoom = size / base.size;
        let leading = changes.leading.unwrap_or(base.leading * zoom);
        let trim = changes.trim.unwrap_or(base.trim);
        let measure =
            changes.measure.unwrap_or(trim.0 * (base.measure / base.trim.0)).min(trim.0 - Pt(36.0));
        let inner = changes.inner.unwrap_or((trim.0 - measure) * (3.0 / 7.0));
        let top = changes.top.unwrap_or(trim.1 * (base.top / base.trim.1));
        let room = trim.1 - top - Pt(18.0);
        let fitting = ((room / leading).floor() as usize).max(1) + 1;
        let usual = (((trim.1 - top * 2.0) / leading).floor() as usize + 1).max(4);
        let scaled = |pt: Pt| pt * zoom;
        Theme {
            trim,
            inner,
            top,
            measure,
            lines: changes.lines.unwrap_or(usual).min(fitting),
            size,
            leading,
            indent: changes.indent.unwrap_or(leading),
            serif: changes.serif.clone().unwrap_or(base.serif),
            sans: changes.sans.clone().unwrap_or(base.sans),
            mono: changes.mono.clone().unwrap_or(base.mono),
            note_size: scaled(base.note_size),
            note_leading: leading * (base.note_leading / base.leading),
            caption_size: scaled(base.caption_size),
            caption_leading: leading * (base.caption_leading / base.leading),
            quote_size: scaled(base.quote_size),
            table_size: scaled(base.table_size),
            code_size: scaled(base.code_size),
            code_leading: leading * (base.code_leading / base.leading),
            section_size: scaled(base.section_size),
            pull_size: scaled(base.pull_size),
            title_size: scaled(base.title_size),
            lead: changes.lead.unwrap_or(base.lead),
            ornament: changes.ornament.clone().unwrap_or(base.ornament),
            chapter_label: changes.chapter_label.clone().unwrap_or(base.chapter_label),
            accent: changes.accent.unwrap_or(base.accent),
            ..base
        }
    }

    /// The margin at the fore-edge.
    pub fn outer(&self) -> Pt {
        self.trim.0 - self.inner - self.measure
    }

    /// From the top edge to the last baseline of a full page.
    pub fn last_baseline(&self) -> Pt {
        self.top + self.leading * (self.lines.saturating_sub(1) as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_what_no_changes_give() {
        assert_eq!(Theme::with(&Overrides::default()), Theme::default());
    }

    /// The relative luminance of a colour (WCAG 2.2).
    fn luminance(rgb: [f64; 3]) -> f64 {
        let linear = rgb.map(|c| {
            let c = c / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn listings_are_read_on_paper_and_in_the_dark() {
        let (white, black) = ([255.0; 3], [0.0; 3]);
        assert!((contrast(white, black) - 21.0).abs() < 0.01);
        for (name, hue) in CodeHues::default().named() {
            let paper = CodeHues::on_paper(hue).map(f64::from);
            assert!(contrast(paper, white) >= 4.5, "{name} on paper");
            let dark = hue.map(|part| (f64::from(part) + 230.0) / 2.0);
            assert!(contrast(dark, [32.0; 3]) >= 4.5, "{name} in the dark");
        }
    }

    #[test]
    fn east_asian_text_is_set_in_whole_squares_with_room_between() {
        let theme = Theme::with(&Overrides::default().in_script(Some(HanStyle::Simplified)));
        assert_eq!(theme.measure / theme.size, 30.0);
        assert_eq!((theme.leading, theme.indent), (Pt(17.0), Pt(20.0)));
        let own = Overrides { measure: Some(Pt(301.0)), ..Overrides::default() };
        assert_eq!(own.in_script(Some(HanStyle::Japanese)).measure, Some(Pt(301.0)));
        assert_eq!(own.in_script(None), own);
    }

    #[test]
    fn a_larger_text_takes_the_other_sizes_with_it() {
        let theme = Theme::with(&Overrides { size: Some(Pt(22.0)), ..Overrides::default() });
        assert_eq!(theme.leading, Pt(28.0));
        assert_eq!(theme.note_size, Pt(17.0));
        assert!(theme.last_baseline().0 < theme.trim.1.0);
    }
}
