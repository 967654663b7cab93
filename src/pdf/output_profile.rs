//! What a file is made for, and the sheet its pages lie on.

use super::color::Inks;
use crate::units::Pt;

/// Room outside the bleed for crop marks.
const MARKS_ROOM: Pt = Pt(24.0);

/// What a PDF is made for.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum OutputProfile {
    /// To be read: PDF/A-2a and, where it can be, PDF/UA-1.
    #[default]
    Screen,
    /// To be printed: PDF/X-4 (ISO 15930-7).
    Press {
        /// How far beyond the trim there is ink to be cut off.
        bleed: Pt,
        /// Whether crop marks are drawn outside the bleed.
        marks: bool,
    },
}

impl OutputProfile {
    /// Whether it is for a press.
    pub fn is_press(self) -> bool {
        matches!(self, OutputProfile::Press { .. })
    }

    /// What its colours are made of.
    pub(super) fn inks(self) -> Inks {
        if self.is_press() { Inks::Process } else { Inks::Light }
    }

    /// The sheet that pages of this profile lie on.
    pub(super) fn sheet(self) -> Sheet {
        match self {
            OutputProfile::Screen => Sheet { margin: Pt::ZERO, bleed: Pt::ZERO },
            OutputProfile::Press { bleed, marks } => {
                let bleed = bleed.max(Pt::ZERO);
                Sheet { margin: if marks { bleed + MARKS_ROOM } else { bleed }, bleed }
            }
        }
    }
}

/// What surrounds a trimmed page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sheet {
    /// From the edge of the sheet to the trim.
    pub(super) margin: Pt,
    /// From the trim outwards to the end of the bleed.
    pub(super) bleed: Pt,
}

impl Sheet {
    /// The whole sheet of a page of this size: left, bottom, right, top.
    pub(super) fn media(self, size: (Pt, Pt)) -> [f64; 4] {
        self.around(size, self.margin)
    }

    /// The page with its bleed.
    pub(super) fn bled(self, size: (Pt, Pt)) -> [f64; 4] {
        self.around(size, self.bleed)
    }

    /// The page as it will be trimmed.
    pub(super) fn trim(self, size: (Pt, Pt)) -> [f64; 4] {
        self.around(size, Pt::ZERO)
    }

    fn around(self, (width, height): (Pt, Pt), by: Pt) -> [f64; 4] {
        let at = self.margin - by;
        [at.0, at.0, (self.margin + width + by).0, (self.margin + height + by).0]
    }
}
