//! The tokens of the parts of a page: openings, lists, tables, notes.
//!
//! Each struct is one part's; its `Default` is the look of bindery. Lengths are
//! points, or shares of what the comment names: of the size of the type (em), of
//! the leading (grid lines), of the measure.

use crate::units::{Em, Pt};

/// How a chapter opens; distances in grid lines.
#[derive(Debug, Clone, PartialEq)]
pub struct OpeningTokens {
    /// From the first line of the page to the number or title, where there is no
    /// picture.
    pub sink: f64,
    /// From the foot of the picture to the number or title.
    pub below_picture: f64,
    /// From the number to the title.
    pub number_to_title: f64,
    /// From the last line of the title to the subtitle.
    pub title_to_subtitle: f64,
    /// Least, best and most between the opening and the text: what gives so that
    /// the pages of the chapter come out full.
    pub air: (u8, u8, u8),
    /// From baseline to baseline in the title of a chapter.
    pub title_leading: f64,
    /// The same in the title of anything else.
    pub other_title_leading: f64,
    /// The size of the title, as a share of that of its kind.
    pub title_zoom: f64,
    /// The extra space between the letters of the title.
    pub title_tracking: Em,
    /// The extra space between the letters of the number, as a share of
    /// [`Theme::caps_tracking`](super::Theme::caps_tracking).
    pub number_tracking: f64,
    /// Where the foot of the picture stands, as a share of the lines of a page.
    pub picture_foot: f64,
}

impl Default for OpeningTokens {
    fn default() -> Self {
        Self {
            sink: 7.0,
            below_picture: 3.0,
            number_to_title: 2.0,
            title_to_subtitle: 2.0,
            air: (1, 2, 5),
            title_leading: 2.0,
            other_title_leading: 1.5,
            title_zoom: 1.0,
            title_tracking: Em(-0.005),
            number_tracking: 1.6,
            picture_foot: 0.44,
        }
    }
}

impl OpeningTokens {
    /// For a chapter within a chapter, which opens close to the head of its page:
    /// there may be many of them, and short ones. Its title is measured by
    /// [`Theme::pull_size`](super::Theme::pull_size).
    pub fn nested() -> Self {
        Self {
            sink: 1.0,
            below_picture: 2.0,
            number_to_title: 1.5,
            title_to_subtitle: 1.5,
            air: (1, 1, 3),
            title_leading: 1.5,
            title_zoom: 1.2,
            ..Self::default()
        }
    }
}

/// The first letters of a chapter.
#[derive(Debug, Clone, PartialEq)]
pub struct InitialTokens {
    /// Lines that an initial stands beside.
    pub lines: usize,
    /// A paragraph of fewer bytes gets no initial.
    pub shortest_paragraph: usize,
    /// How far an initial is set into the margin, to its own size, so that its
    /// stem and not its serif is ranged.
    pub hang: f64,
    /// Between an initial and the rest of its word, to the size of the text.
    pub gap: f64,
    /// Between an initial that is a word of its own and the next.
    pub word_gap: f64,
    /// The extra space between the small capitals that follow.
    pub caps_tracking: Em,
}

impl Default for InitialTokens {
    fn default() -> Self {
        Self {
            lines: 3,
            shortest_paragraph: 240,
            hang: 0.035,
            gap: 0.14,
            word_gap: 0.5,
            caps_tracking: Em(0.04),
        }
    }
}

/// Half title, title page, copyright page and the few lines of a dedication;
/// distances in grid lines.
#[derive(Debug, Clone, PartialEq)]
pub struct FrontTokens {
    /// The line of the half title, counted from zero.
    pub half_title_line: f64,
    /// From baseline to baseline in the half title.
    pub half_title_leading: f64,
    /// The line of the title on the title page.
    pub title_line: f64,
    /// The size of that title, as a share of a chapter's: it may speak up.
    pub title_zoom: f64,
    /// The extra space between its letters.
    pub title_tracking: Em,
    /// From baseline to baseline in it.
    pub title_leading: f64,
    /// From it to the subtitle.
    pub title_to_subtitle: f64,
    /// From baseline to baseline in the subtitle.
    pub subtitle_leading: f64,
    /// At least, from the title or subtitle to the authors.
    pub title_to_authors: f64,
    /// The height of the publisher's mark.
    pub mark_height: f64,
    /// From the foot of the mark to the publisher's name.
    pub mark_to_publisher: f64,
    /// Empty lines above a dedication or epigraph that has a page of its own.
    pub dedication_line: usize,
    /// From baseline to baseline on the copyright page, to its size.
    pub copyright_leading: f64,
    /// Between its paragraphs, in lines of its own leading.
    pub copyright_gap: f64,
}

impl Default for FrontTokens {
    fn default() -> Self {
        Self {
            half_title_line: 7.0,
            half_title_leading: 1.5,
            title_line: 7.0,
            title_zoom: 1.5,
            title_tracking: Em(-0.01),
            title_leading: 3.0,
            title_to_subtitle: 3.0,
            subtitle_leading: 1.5,
            title_to_authors: 4.0,
            mark_height: 3.0,
            mark_to_publisher: 2.0,
            dedication_line: 9,
            copyright_leading: 12.0 / 8.5,
            copyright_gap: 0.5,
        }
    }
}

/// The contents and other lists of places; lengths in em of the text.
#[derive(Debug, Clone, PartialEq)]
pub struct ContentsTokens {
    /// How far a chapter within a chapter or part is moved in.
    pub indent: f64,
    /// What is deeper is not moved in further.
    pub deepest_indent: u8,
    /// Kept free at the end of every line for the page.
    pub folio_room: f64,
    /// From one dot of a leader to the next.
    pub leader_step: f64,
    /// The least room that a dot needs.
    pub leader_dot: f64,
    /// From the last word to the first dot.
    pub leader_start: f64,
    /// From the last dot to the page.
    pub leader_end: f64,
}

impl Default for ContentsTokens {
    fn default() -> Self {
        Self {
            indent: 1.4,
            deepest_indent: 5,
            folio_room: 3.5,
            leader_step: 0.6,
            leader_dot: 0.4,
            leader_start: 0.8,
            leader_end: 0.6,
        }
    }
}

/// Lists; lengths in em.
#[derive(Debug, Clone, PartialEq)]
pub struct ListTokens {
    /// The width of a figure or letter of a label.
    pub figure: f64,
    /// What the text of a numbered item keeps free beside the widest label.
    pub label_room: f64,
    /// Between a number and the text.
    pub number_gap: f64,
    /// Where a bullet stands in the indent: the share of what it leaves that is
    /// to its right.
    pub bullet_gap: f64,
    /// How far all lines but the first of a hanging paragraph are moved in, in
    /// indents.
    pub hanging_indent: f64,
    /// How far a turned-over line of verse is moved in, in indents.
    pub verse_turnover: f64,
}

impl Default for ListTokens {
    fn default() -> Self {
        Self {
            figure: 0.5,
            label_room: 0.7,
            number_gap: 0.4,
            bullet_gap: 0.5,
            hanging_indent: 1.5,
            verse_turnover: 2.0,
        }
    }
}

/// Quotations, pull quotes, epigraphs and admonitions.
#[derive(Debug, Clone, PartialEq)]
pub struct QuoteTokens {
    /// How far an epigraph is moved in, as a share of the measure.
    pub epigraph_indent: f64,
    /// The extra space between the small capitals of a source.
    pub source_tracking: Em,
    /// From baseline to baseline in a pull quote, to its size.
    pub pull_leading: f64,
    /// The white above and below a pull quote together, in grid lines.
    pub pull_air: f64,
    /// How far a pull quote is lowered, so that it looks centred.
    pub pull_drop: Pt,
    /// How thick the rules of a pull quote are.
    pub pull_rule: Pt,
    /// The upper one above the first baseline, in grid lines.
    pub pull_rule_above: f64,
    /// The lower one below the last baseline, in grid lines.
    pub pull_rule_below: f64,
    /// How thick the rule beside an admonition is.
    pub admonition_rule: Pt,
    /// How far it goes above the first baseline, in grid lines.
    pub admonition_rule_above: f64,
}

impl Default for QuoteTokens {
    fn default() -> Self {
        Self {
            epigraph_indent: 0.36,
            source_tracking: Em(0.05),
            pull_leading: 1.4,
            pull_air: 2.2,
            pull_drop: Pt(1.0),
            pull_rule: Pt(0.4),
            pull_rule_above: 0.5,
            pull_rule_below: 0.3,
            admonition_rule: Pt(1.2),
            admonition_rule_above: 0.72,
        }
    }
}

/// Figures and their captions.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureTokens {
    /// A picture is made smaller by at most so many grid lines to fit a page.
    pub gives_way: usize,
    /// No picture is narrower.
    pub narrowest: Pt,
    /// The share of the measure below which a drawing keeps its own size: it is
    /// a sign and no picture.
    pub small_drawing: f64,
    /// The height of a picture that is taller than wide, at most, as a share of
    /// the page.
    pub tallest: f64,
    /// No caption is set narrower, however narrow its picture.
    pub narrowest_caption: Pt,
    /// From the foot of the picture to the first line of the caption, at least,
    /// in leadings of captions.
    pub caption_gap: f64,
    /// Kept free below a picture that has a caption, in grid lines.
    pub caption_lines: usize,
}

impl Default for FigureTokens {
    fn default() -> Self {
        Self {
            gives_way: 3,
            narrowest: Pt(24.0),
            small_drawing: 0.3,
            tallest: 0.72,
            narrowest_caption: Pt(100.0),
            caption_gap: 1.1,
            caption_lines: 2,
        }
    }
}

/// Formulas that are set off; lengths in em.
#[derive(Debug, Clone, PartialEq)]
pub struct FormulaTokens {
    /// The least white above and below, in leadings.
    pub air: f64,
    /// How far the letters of the line above go down.
    pub letters_below: f64,
    /// How far the letters of the line below go up: between those with ascenders
    /// and those without.
    pub letters_above: f64,
    /// Lines after the first of a broken formula begin so far to the right.
    pub turnover: f64,
    /// White between the lines of a broken formula.
    pub between_lines: f64,
    /// The share of its size that a formula is made smaller to, at most, to fit.
    pub smallest: f64,
    /// Kept free at the right for the number.
    pub number_room: f64,
}

impl Default for FormulaTokens {
    fn default() -> Self {
        Self {
            air: 0.6,
            letters_below: 0.22,
            letters_above: 0.58,
            turnover: 2.0,
            between_lines: 0.45,
            smallest: 0.5,
            number_room: 3.0,
        }
    }
}

/// Tables.
#[derive(Debug, Clone, PartialEq)]
pub struct TableTokens {
    /// How thick the rules are.
    pub rule: Pt,
    /// How far a rule stands above a row's first baseline, in leadings.
    pub rule_above: f64,
    /// How far a rule stands below a row's last baseline, in leadings.
    pub rule_below: f64,
    /// Formulas keep so far from rules, in leadings.
    pub rule_clearance: f64,
    /// How dark the rules between rows are, from 0 to 1.
    pub faint_ink: f32,
    /// The steps in which a table gives way: the size of its type as a share of
    /// the usual, and the space between columns.
    pub steps: [(f64, Pt); 3],
    /// If words had to give more than this share of their width, the table is
    /// set as a list of its rows.
    pub most_broken: f64,
    /// The least width of a column, in em.
    pub least_column: f64,
    /// The least width of a column of broken words, in em.
    pub narrowest_column: f64,
    /// In a list of rows: the widest that heads may be, as a share of the measure.
    pub stacked_heads: f64,
    /// In a list of rows: between heads and cells.
    pub stacked_gutter: Pt,
    /// In a list of rows: the size of the type as a share of the usual.
    pub stacked_zoom: f64,
}

impl Default for TableTokens {
    fn default() -> Self {
        Self {
            rule: Pt(0.4),
            rule_above: 0.82,
            rule_below: 0.3,
            rule_clearance: 0.05,
            faint_ink: 0.3,
            steps: [(1.0, Pt(12.0)), (0.9, Pt(10.0)), (0.8, Pt(8.0))],
            most_broken: 0.8,
            least_column: 1.2,
            narrowest_column: 1.6,
            stacked_heads: 0.4,
            stacked_gutter: Pt(12.0),
            stacked_zoom: 0.9,
        }
    }
}

/// Listings.
#[derive(Debug, Clone, PartialEq)]
pub struct ListingTokens {
    /// Tabs lead to the next multiple of so many columns.
    pub tab: usize,
    /// A line that is turned over is moved in by so many columns.
    pub turnover: usize,
    /// Between the rule at the side and the code, in indents.
    pub rule_gap: f64,
    /// How thick the rule and the mark of a turned-over line are.
    pub rule: Pt,
    /// How dark they are, from 0 to 1.
    pub rule_ink: f32,
    /// Listings of so many lines or fewer are kept on one page if that is cheap.
    pub short: usize,
}

impl Default for ListingTokens {
    fn default() -> Self {
        Self { tab: 4, turnover: 2, rule_gap: 0.6, rule: Pt(0.5), rule_ink: 0.45, short: 12 }
    }
}

/// The index.
#[derive(Debug, Clone, PartialEq)]
pub struct IndexTokens {
    /// Columns of a page.
    pub columns: usize,
    /// Between two columns, in grid lines.
    pub gutter: f64,
    /// How far turned-over lines are moved in, in em of its type.
    pub hang: f64,
    /// So many terms below another stay in one column.
    pub most_tied: usize,
    /// With fewer grid lines left, the index begins on the next page.
    pub fewest_lines: usize,
}

impl Default for IndexTokens {
    fn default() -> Self {
        Self { columns: 2, gutter: 1.5, hang: 2.0, most_tied: 5, fewest_lines: 6 }
    }
}

/// Footnotes.
#[derive(Debug, Clone, PartialEq)]
pub struct NoteTokens {
    /// How far the text of a note stands in beside its number, in em of notes.
    pub indent: f64,
    /// The length of the rule above the notes, in indents of the text.
    pub rule_length: f64,
    /// How far it stands above the first baseline, in em of notes.
    pub rule_above: f64,
    /// How thick it is.
    pub rule: Pt,
    /// The mark in the text, where the font has no superior figures: its size as
    /// a share of the text's.
    pub mark_size: f64,
    /// And how far it is raised, in em of the text.
    pub mark_rise: f64,
}

impl Default for NoteTokens {
    fn default() -> Self {
        Self {
            indent: 1.25,
            rule_length: 3.0,
            rule_above: 1.35,
            rule: Pt(0.4),
            mark_size: 0.62,
            mark_rise: 0.33,
        }
    }
}

/// Running heads and folios.
#[derive(Debug, Clone, PartialEq)]
pub struct RunningHeadTokens {
    /// Grid lines between the running head and the first line of text.
    pub above: f64,
    /// Grid lines between the last line of text and the folio.
    pub below: f64,
    /// The longest that a running head may be, as a share of the measure.
    pub longest: f64,
    /// How much larger than captions the folio is.
    pub folio_growth: Pt,
}

impl Default for RunningHeadTokens {
    fn default() -> Self {
        Self { above: 2.0, below: 2.0, longest: 0.8, folio_growth: Pt(1.0) }
    }
}

/// Styles within a line; shares of the size of what is around.
#[derive(Debug, Clone, PartialEq)]
pub struct InlineTokens {
    /// Code: as grey as the text around it.
    pub code_size: f64,
    /// Side remarks.
    pub small_size: f64,
    /// Superscripts and subscripts.
    pub script_size: f64,
    /// How far superscripts are raised.
    pub superscript_rise: f64,
    /// How far subscripts are lowered.
    pub subscript_drop: f64,
    /// The extra space between small capitals within text.
    pub small_caps_tracking: Em,
    /// Readings above characters.
    pub reading_size: f64,
    /// The white between two Latin readings, in em of their own.
    pub reading_gap: f64,
}

impl Default for InlineTokens {
    fn default() -> Self {
        Self {
            code_size: 0.86,
            small_size: 0.85,
            script_size: 0.7,
            superscript_rise: 0.33,
            subscript_drop: 0.15,
            small_caps_tracking: Em(0.03),
            reading_size: 0.5,
            reading_gap: 0.35,
        }
    }
}
