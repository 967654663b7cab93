//! Which lines of a file an `{{#include}}` wants.

use std::ops::Range;

/// A part of a file, as mdBook writes it after the path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum LineRange {
    /// Lines counted from zero, the end not included; `None` for all.
    Lines(usize, Option<usize>),
    /// The lines between `ANCHOR: name` and `ANCHOR_END: name`.
    Anchor(String),
}

impl LineRange {
    /// Reads what stands after the first colon: `10`, `2:10`, `:10`, `10:`, or
    /// a name.
    pub fn parse(text: Option<&str>) -> LineRange {
        let mut parts = text.unwrap_or("").splitn(3, ':');
        let first = parts.next().unwrap_or("");
        let start = match first.parse::<usize>() {
            Ok(line) => Some(line.saturating_sub(1)),
            Err(_) if first.is_empty() => None,
            Err(_) => return LineRange::Anchor(first.to_owned()),
        };
        match (start, parts.next().map(str::parse::<usize>)) {
            (Some(start), None) => LineRange::Lines(start, Some(start + 1)),
            (start, Some(Ok(end))) => LineRange::Lines(start.unwrap_or(0), Some(end)),
            (start, Some(Err(_)) | None) => LineRange::Lines(start.unwrap_or(0), None),
        }
    }

    /// The bytes of the lines that are wanted, without the lines that mark
    /// anchors and without the last line end. Nothing where there are none.
    pub fn of(&self, text: &str) -> Vec<Range<usize>> {
        let mut taken: Vec<Range<usize>> = Vec::new();
        let mut inside = false;
        let mut at = 0;
        for (index, line) in text.split_inclusive('\n').enumerate() {
            let range = at..at + line.len();
            at = range.end;
            if let Some((begins, name)) = anchor(line) {
                if matches!(self, LineRange::Anchor(wanted) if wanted == name) {
                    inside = begins;
                }
                continue;
            }
            let wanted = match self {
                LineRange::Lines(start, end) => {
                    index >= *start && end.is_none_or(|end| index < end)
                }
                LineRange::Anchor(_) => inside,
            };
            match taken.last_mut() {
                _ if !wanted => {}
                Some(last) if last.end == range.start => last.end = range.end,
                _ => taken.push(range),
            }
        }
        if let Some(last) = taken.last_mut() {
            let line = text.get(last.clone()).unwrap_or("");
            let bare = line.strip_suffix('\n').map_or(line, |l| l.strip_suffix('\r').unwrap_or(l));
            last.end = last.start + bare.len();
        }
        taken
    }
}

/// The anchor that a line marks, and whether it begins there.
fn anchor(line: &str) -> Option<(bool, &str)> {
    let (begins, rest) = match line.split_once("ANCHOR:") {
        Some((_, rest)) => (true, rest),
        None => (false, line.split_once("ANCHOR_END:")?.1),
    };
    let rest = rest.trim_start();
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '-');
    let name = rest.get(..end.unwrap_or(rest.len()))?;
    (!name.is_empty()).then_some((begins, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "one\n// ANCHOR: a\ntwo\n// ANCHOR: b\nthree\n// ANCHOR_END: b\n\
                        // ANCHOR_END: a\nfour\n";

    fn lines(part: Option<&str>) -> String {
        let ranges = LineRange::parse(part).of(TEXT);
        ranges.into_iter().map(|range| TEXT[range].replace('\n', "|")).collect()
    }

    #[test]
    fn lines_are_counted_from_one_and_bounds_may_be_left_out() {
        assert_eq!(lines(None), "one|two|three|four");
        assert_eq!(lines(Some("3")), "two");
        assert_eq!(lines(Some("3:5")), "two|three");
        assert_eq!(lines(Some(":3")), "one|two");
        assert_eq!(lines(Some("5:")), "three|four");
        assert_eq!(lines(Some("90")), "");
    }

    #[test]
    fn anchors_nest_and_their_marks_are_no_lines() {
        assert_eq!(lines(Some("a")), "two|three");
        assert_eq!(lines(Some("b")), "three");
        assert_eq!(lines(Some("c")), "");
    }
}
