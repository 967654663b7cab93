//! Glue: spaces that give and take, spaces of a fixed width, and what stands
//! between two full-width characters.

use std::ops::Range;

use crate::typeset::lines::full_width::{self, Neighbour};
use crate::typeset::lines::items::{BreakKind, Element};
use crate::typeset::lines::opportunities::FixedSpace;

use super::measurer::Measurer;

impl Measurer<'_, '_> {
    /// A space with the break it allows.
    pub(super) fn space(&mut self, range: Range<usize>) {
        let run = self.run_at(range.start);
        let s = &self.text.runs[run];
        let width = self.space_width(s);
        let element = self.items.elements.len();
        let index = self.items.breakpoints.len();
        let penalty = self.space_penalty(range.clone());
        self.before = None;
        self.breakpoint(BreakKind::Space, element, range.start, range.end, penalty);
        self.push(Element::Space { run, range, width });
        if let Some(breakpoint) = self.items.breakpoints.get_mut(index) {
            breakpoint.element = element + 1;
            breakpoint.start = self.sums;
        }
    }

    /// A space that never breaks: a no-break space or one of a fixed width.
    pub(super) fn special_space(&mut self, run: usize, range: Range<usize>, kind: FixedSpace) {
        self.before = None;
        let s = &self.text.runs[run];
        match kind {
            FixedSpace::Elastic => {
                let width = self.space_width(s);
                self.push(Element::Space { run, range, width });
            }
            FixedSpace::Em(share) => {
                let width = s.style.size * share;
                self.push(Element::Fixed { run, range, width });
            }
        }
    }

    /// What stands between the last character and the next. A break between
    /// them is one between squares.
    pub(super) fn gap(&mut self, run: usize, byte: usize, next: Neighbour) {
        let Some(gap) = self.before.and_then(|before| full_width::gap(before, next)) else {
            return;
        };
        let size = self.text.runs[run].style.size;
        let (width, elastic) = (size * gap.natural, size * gap.elastic);
        let element = self.items.elements.len();
        self.push(Element::Gap { byte, width, elastic });
        if let Some(breakpoint) = self.items.breakpoints.last_mut()
            && breakpoint.kind == BreakKind::Plain
            && (breakpoint.next, breakpoint.element) == (byte, element)
        {
            breakpoint.kind = BreakKind::FullWidth;
            breakpoint.penalty = 0.0;
            breakpoint.element = element + 1;
            breakpoint.start = self.sums;
        }
    }
}
