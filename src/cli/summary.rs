//! What was built, in a few quiet lines.

use std::fmt::Write;
use std::path::Path;
use std::time::Duration;

use crate::pipeline::{Stats, Timing};

/// One line a file, one line of figures; with `verbose`, one a step as well.
pub fn render(
    files: &[(&Path, usize)],
    stats: &Stats,
    warnings: usize,
    took: Duration,
    verbose: bool,
) -> String {
    let mut out = String::new();
    for (path, size) in files {
        let _ = writeln!(out, "{}  {}", path.display(), bytes(*size));
    }
    let mut figures = Vec::new();
    figures.extend(stats.pages.map(|n| count(n, "page")));
    figures.push(count(stats.words, "word"));
    let missing = match stats.missing_pictures {
        0 => String::new(),
        n => format!(" ({n} missing)"),
    };
    figures.push(count(stats.pictures, "picture") + &missing);
    if warnings > 0 {
        figures.push(count(warnings, "warning"));
    }
    figures.push(seconds(took));
    let _ = writeln!(out, "{}", figures.join(", "));
    if verbose {
        for Timing { step, took } in &stats.timings {
            let _ = writeln!(out, "  {:>8}  {step}", seconds(*took));
        }
    }
    out
}

/// A number and what it counts: `1 page`, `12,345 words`.
pub fn count(n: usize, what: &str) -> String {
    format!("{} {what}{}", grouped(n), if n == 1 { "" } else { "s" })
}

fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn bytes(n: usize) -> String {
    match n {
        0..1_000 => format!("{n} B"),
        1_000..1_000_000 => format!("{} kB", n / 1_000),
        _ => format!("{:.1} MB", n as f64 / 1e6),
    }
}

fn seconds(took: Duration) -> String {
    format!("{:.2} s", took.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::Step;

    #[test]
    fn a_summary_has_a_line_a_file_and_one_of_figures() {
        let took = Duration::from_millis(614);
        let stats = Stats {
            pages: Some(168),
            words: 12_345,
            pictures: 1,
            missing_pictures: 0,
            timings: vec![Timing { step: Step::Pdf, took }],
        };
        let files = [(Path::new("dist/b.epub"), 1_260_000), (Path::new("dist/b.pdf"), 9_999)];
        assert_eq!(
            render(&files, &stats, 2, took, true),
            "dist/b.epub  1.3 MB\ndist/b.pdf  9 kB\n\
             168 pages, 12,345 words, 1 picture, 2 warnings, 0.61 s\n    0.61 s  writing the PDF\n"
        );
        let stats = Stats { pages: None, missing_pictures: 1, ..stats };
        let figures = "12,345 words, 1 picture (1 missing), 0.61 s\n";
        assert_eq!(render(&[], &stats, 0, took, false), figures);
    }
}
