//! What happens while pages are made, told to whoever wants to know.

use crate::model::NoteId;
use crate::typeset::page_costs::Cost;

/// One step in the making of pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A new page begins.
    NewPage,
    /// Rows of a chunk are placed, their first line on this grid line.
    Rows {
        /// The chunk.
        chunk: usize,
        /// Which of its variants.
        variant: usize,
        /// Its first row.
        from: usize,
        /// One past its last row.
        to: usize,
        /// The grid line of the first row.
        at: usize,
        /// So many rows of the variant's head are repeated above.
        repeat: usize,
    },
    /// A figure stands at the foot of the page at hand, above its notes.
    FigureAtFoot {
        /// The chunk.
        chunk: usize,
        /// Which of its variants.
        variant: usize,
    },
    /// Lines of a note stand at the foot of the page at hand.
    NoteLines {
        /// The note.
        note: NoteId,
        /// Its first line.
        from: usize,
        /// One past its last line.
        to: usize,
    },
}

/// Where in the text a page ends: before a row of a chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PageEnd {
    /// The chunk that goes on, or begins, on the next page.
    pub chunk: usize,
    /// Its first row there.
    pub row: usize,
}

/// What is paid for; see [`crate::typeset::page_costs`] for how much and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CostKind {
    /// A chunk is set in another way than its best.
    Variant,
    /// The page ends within a chunk where it better shouldn't: a widow, an
    /// orphan, a hyphen, a table's row.
    BreakWithin,
    /// A chunk that belongs to the next is last on its page.
    HeadingAtFoot,
    /// A space is wider than it should be.
    WideGap,
    /// A space is narrower than it should be.
    NarrowGap,
    /// The page isn't full.
    ShortPage,
    /// Facing pages don't end level.
    UnlevelSpread,
    /// Each page.
    Page,
    /// A scene break stands at the head of a page.
    SeparatorAtHead,
    /// A figure stands away from its place.
    FigureMoved,
    /// A note goes on on the next page.
    SplitNote,
    /// A row is higher than the page.
    HigherThanPage,
    /// The chapter's last page.
    LastPage,
}

impl CostKind {
    /// Its name in `bindery dump breaks`.
    pub fn name(self) -> &'static str {
        match self {
            CostKind::Variant => "variants",
            CostKind::BreakWithin => "break within a block",
            CostKind::HeadingAtFoot => "heading at foot",
            CostKind::WideGap => "wide gap",
            CostKind::NarrowGap => "narrow gap",
            CostKind::ShortPage => "short page",
            CostKind::UnlevelSpread => "unlevel spread",
            CostKind::Page => "page",
            CostKind::SeparatorAtHead => "separator at head",
            CostKind::FigureMoved => "figure moved",
            CostKind::SplitNote => "split note",
            CostKind::HigherThanPage => "higher than a page",
            CostKind::LastPage => "last page",
        }
    }
}

/// Is told of everything that happens while chunks are set on pages. What it
/// doesn't want to know costs nothing.
pub(super) trait Recorder {
    /// Something is placed, or a page begins.
    fn event(&mut self, _event: Event) {}
    /// A page ends here; told before [`Event::NewPage`].
    fn page_end(&mut self, _end: PageEnd) {}
    /// Something is paid for.
    fn charge(&mut self, _kind: CostKind, _cost: Cost) {}
}

/// Records nothing: for the search, which only asks what a way costs.
impl Recorder for () {}

/// Records what happens: for the pages that were chosen.
impl Recorder for Vec<Event> {
    fn event(&mut self, event: Event) {
        self.push(event);
    }
}

/// Records where pages end.
impl Recorder for Vec<PageEnd> {
    fn page_end(&mut self, end: PageEnd) {
        self.push(end);
    }
}
