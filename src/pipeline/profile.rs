//! Which PDF is wanted, as it can be said before the book is read.

use crate::pdf::OutputProfile;
use crate::units::Pt;

/// What a PDF is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PdfProfile {
    /// To be read: accessible, with the cover.
    #[default]
    Screen,
    /// To be printed: PDF/X-4 with bleed, without the cover, which a printer
    /// gets as a file of its own.
    Press {
        /// Whether crop marks are drawn.
        marks: bool,
    },
}

impl PdfProfile {
    /// The same for the PDF writer, with the bleed that pictures were set with.
    pub(super) fn with_bleed(self, bleed: Pt) -> OutputProfile {
        match self {
            PdfProfile::Screen => OutputProfile::Screen,
            PdfProfile::Press { marks } => OutputProfile::Press { bleed, marks },
        }
    }
}
