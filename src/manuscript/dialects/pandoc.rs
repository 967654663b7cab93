//! Pandoc's marks: inline notes, spans and attributes in brackets, `==mark==`,
//! blocks of lines, example lists, raw text, `\newpage`.

use std::collections::BTreeMap;

use super::attributes::Attributes;
use super::draft::{Draft, Edits, Part, RemovedReason, made};
use super::lines::{fence, lines};
use super::scan::Scan;

/// Makes footnotes of `^[…]`, their texts at the end.
pub(super) fn inline_notes(draft: &mut Draft, math: bool) {
    if !draft.text.contains("^[") {
        return;
    }
    let scan = Scan::new(&draft.text, math);
    let mut edits = Edits::default();
    let mut notes: Vec<Part> = Vec::new();
    let (mut end, mut count) = (0, 0);
    for at in scan.marks("^[") {
        let Some(close) = scan.closing_bracket(at + 1).filter(|_| at >= end) else { continue };
        end = close + 1;
        count += 1;
        edits.replace(at..end, vec![made(format!("[^inline-note-{count}]"))]);
        notes.push(made(format!("\n\n[^inline-note-{count}]: ")));
        notes.extend(joined_lines(&draft.text, at + 2..close));
    }
    let last = draft.text.len();
    if count > 0 {
        notes.push(made("\n"));
        edits.replace(last..last, notes);
    }
    draft.apply(edits);
}

/// A stretch as one line: its line ends and the marks of quotations after them
/// are spaces.
fn joined_lines(text: &str, range: std::ops::Range<usize>) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut at = range.start;
    for (number, line) in text.get(range).unwrap_or("").split('\n').enumerate() {
        let words = if number == 0 { line } else { line.trim_start_matches([' ', '\t', '>']) };
        if number > 0 {
            parts.push(made(" "));
        }
        let start = at + line.len() - words.len();
        parts.push(Part::Kept(start..at + line.len()));
        at += line.len() + 1;
    }
    parts
}

/// Makes elements of `[words]{.class}`, and of attributes behind links.
pub(super) fn spans(draft: &mut Draft, math: bool) {
    if !draft.text.contains("{") {
        return;
    }
    let scan = Scan::new(&draft.text, math);
    let mut edits = Edits::default();
    for (brace, _) in draft.text.match_indices('{').filter(|(at, _)| scan.is_mark(*at)) {
        let before = draft.text.get(..brace).unwrap_or("");
        let after = draft.text.get(brace..).unwrap_or("");
        let Some((attributes, length)) = Attributes::at_start(after) else { continue };
        let range = brace..brace + length;
        if before.ends_with(')') && scan.in_link(brace - 1)
            || before.ends_with('>') && scan.in_link(brace - 1)
        {
            let picture = link_start(&scan, brace - 1)
                .is_some_and(|at| before.get(at..).is_some_and(|t| t.starts_with('!')));
            if !picture {
                edits.drop(range);
            }
        } else if before.ends_with(']')
            && let Some(open) = opening_bracket(&scan, brace - 1)
        {
            let (start, end) = element(&attributes);
            edits.replace(open..open + 1, vec![made(start)]);
            edits.replace(brace - 1..range.end, vec![made(end)]);
        } else if before.ends_with(['*', '_', '`']) && attributes.get("width").is_none() {
            edits.drop(range);
        }
    }
    draft.apply(edits);
}

fn link_start(scan: &Scan<'_>, at: usize) -> Option<usize> {
    scan.link_at(at).map(|range| range.start)
}

/// The bracket that the one at a byte closes.
fn opening_bracket(scan: &Scan<'_>, close: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in scan.text.get(..=close)?.char_indices().rev() {
        match c {
            '\n' if scan.text.get(..at)?.ends_with('\n') => return None,
            ']' if scan.is_mark(at) || scan.in_link(at) => depth += 1,
            '[' if scan.is_mark(at) || scan.in_link(at) => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// The tags for a span.
fn element(attributes: &Attributes) -> (String, &'static str) {
    let is = |name: &str| attributes.classes.iter().any(|class| class == name);
    if is("mark") || is("highlight") {
        ("<mark>".to_owned(), "</mark>")
    } else if is("underline") || is("ul") {
        ("<u>".to_owned(), "</u>")
    } else if is("kbd") {
        ("<kbd>".to_owned(), "</kbd>")
    } else {
        let mut attributes = attributes.clone();
        let caps = attributes.get("style").is_some_and(|style| style.contains("small-caps"));
        if caps || is("sc") {
            attributes.classes.push("smallcaps".to_owned());
        }
        (format!("<span{}>", attributes.html()), "</span>")
    }
}

/// Marks what stands between `==`.
pub(super) fn marked(draft: &mut Draft, math: bool) {
    if !draft.text.contains("==") {
        return;
    }
    let scan = Scan::new(&draft.text, math);
    let mut edits = Edits::default();
    let mut end = 0;
    for open in scan.marks("==") {
        let before = draft.text.get(..open).and_then(|text| text.chars().next_back());
        let after = draft.text.get(open + 2..).and_then(|text| text.chars().next());
        let opens = before.is_none_or(|c| !c.is_alphanumeric() && c != '=')
            && after.is_some_and(|c| !c.is_whitespace() && c != '=');
        if !opens || open < end {
            continue;
        }
        let Some(close) = scan.next_in_paragraph(open + 3, "==") else { continue };
        let inner = draft.text.get(open + 2..close).unwrap_or("");
        let more = draft.text.get(close + 2..).is_some_and(|text| text.starts_with('='));
        if inner.ends_with(char::is_whitespace) || more {
            continue;
        }
        end = close + 2;
        edits.replace(open..open + 2, vec![made("<mark>")]);
        edits.replace(close..end, vec![made("</mark>")]);
    }
    draft.apply(edits);
}

/// What stands on lines of its own: page breaks, blocks of lines, numbered
/// examples, captions of tables, raw text.
pub(super) fn blocks(draft: &mut Draft) {
    let mut edits = Edits::default();
    let all = lines(&draft.text);
    let mut examples: BTreeMap<String, usize> = BTreeMap::new();
    let mut count = 0;
    let mut verse = false;
    for (index, line) in all.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|i| all.get(i));
        let starts = before.is_none_or(|line| line.is_blank());
        if verse && !is_verse(line.words) {
            edits.insert(line.range.start, "\n</div>\n\n");
            verse = false;
        }
        if !line.is_text() {
            continue;
        }
        let after = all.get(index + 1).filter(|next| next.is_text());
        if matches!(line.words, "\\newpage" | "\\pagebreak" | "\\clearpage" | "\\cleardoublepage") {
            let tag = format!("{0}\n{0}<div class=\"page-break\"></div>\n{0}", line.prefix);
            edits.replace(line.range.clone(), vec![made(tag)]);
        } else if is_verse(line.words)
            && (verse || starts && !is_table(line.words, after.map(|next| next.words)))
        {
            if !verse {
                edits.insert(line.range.start, "<div class=\"verse\">\n\n");
            }
            verse = true;
            let bar = line.start();
            let bare = line.words.get(1..).unwrap_or("");
            let text = bare.strip_prefix(' ').unwrap_or(bare);
            let space = text.len() - text.trim_start().len();
            let mut parts = vec![made("\u{A0}".repeat(space))];
            let start = bar + line.words.len() - text.trim_start().len();
            parts.push(Part::Kept(start..bar + line.words.len()));
            edits.replace(line.range.clone(), parts);
        } else if let Some((label, length)) = example(line.words) {
            count += 1;
            examples.insert(label.to_owned(), count);
            edits.replace(line.start()..line.start() + length, vec![made(format!("{count}."))]);
        } else if line.words.starts_with(": ") && starts && follows_table(&all, index) {
            edits.replace(line.start()..line.start() + 2, vec![made("Table: ")]);
        }
    }
    if verse {
        edits.insert(draft.text.len(), "\n\n</div>\n");
    }
    examples.remove("");
    for (label, number) in &examples {
        let mark = format!("(@{label})");
        for (at, _) in draft.text.match_indices(&mark) {
            let line = all.get(all.partition_point(|line| line.next <= at));
            let defines = line.is_some_and(|line| line.start() == at);
            if line.is_some_and(|line| line.is_text()) && !defines {
                edits.replace(at..at + mark.len(), vec![made(format!("({number})"))]);
            }
        }
    }
    draft.apply(edits);
}

fn is_verse(words: &str) -> bool {
    words == "|" || words.starts_with("| ") && !words.ends_with('|')
}

/// Whether a line and the one below are the head of a table.
fn is_table(words: &str, below: Option<&str>) -> bool {
    let rule = |line: &str| {
        line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '+'))
    };
    words.ends_with('|') || below.is_some_and(rule)
}

/// Whether the last thing above a line is a table.
fn follows_table(all: &[super::lines::Line<'_>], index: usize) -> bool {
    let above = all.get(..index).unwrap_or(&[]).iter().rev().find(|line| !line.is_blank());
    above.is_some_and(|line| line.is_text() && line.words.contains('|'))
}

/// The label of a numbered example, and the length of its mark: `(@label)`.
fn example(words: &str) -> Option<(&str, usize)> {
    let rest = words.strip_prefix("(@")?;
    let end = rest.find(')')?;
    let label = rest.get(..end)?;
    let shaped = label.chars().all(|c| c.is_alphanumeric() || "-_".contains(c));
    let follows = rest.get(end + 1..)?.starts_with([' ', '\t']);
    (shaped && follows).then_some((label, end + 3))
}

/// Reads raw text: HTML is HTML, other formats are taken out.
pub(super) fn raw_text(draft: &mut Draft) {
    if !draft.text.contains("{=") {
        return;
    }
    let mut edits = Edits::default();
    let mut open: Option<(usize, bool)> = None;
    for line in lines(&draft.text) {
        match open {
            None => {
                let Some((_, _, info)) = fence(line.words).filter(|_| line.code) else { continue };
                let Some(format) = info.strip_prefix("{=").and_then(|f| f.strip_suffix('}')) else {
                    continue;
                };
                let html = format.starts_with("html");
                if html {
                    edits.drop(line.range.clone());
                }
                open = Some((line.range.start, html));
            }
            Some((start, html)) => {
                let closes = fence(line.words).is_some_and(|(_, _, rest)| rest.is_empty());
                if closes {
                    if html {
                        edits.drop(line.range.clone());
                    } else {
                        edits.remove(start..line.range.end, RemovedReason::Directive);
                    }
                    open = None;
                }
            }
        }
    }
    draft.apply(edits);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn brought(text: &str, step: impl Fn(&mut Draft)) -> String {
        let mut draft = Draft::new(text, FileId(0), 0);
        step(&mut draft);
        draft.text
    }

    #[test]
    fn inline_notes_go_to_the_end() {
        let text = "a^[See *b* [c](d), and\ne.] f `^[g]`\n";
        let notes = "a[^inline-note-1] f `^[g]`\n\n\n[^inline-note-1]: See *b* [c](d), and e.\n";
        assert_eq!(brought(text, |d| inline_notes(d, true)), notes);
    }

    #[test]
    fn spans_are_elements_and_links_lose_their_attributes() {
        let spans = |text: &str| brought(text, |d| spans(d, true));
        assert_eq!(spans("a [b *c*]{.d} e"), "a <span class=\"d\">b *c*</span> e");
        assert_eq!(spans("[a]{.mark} [b]{.underline}"), "<mark>a</mark> <u>b</u>");
        assert_eq!(spans("[a](b){.c target=_blank} d"), "[a](b) d");
        for text in ["![a](b){width=50%}", "`[a]{.b}`", "a{index: b}", "x {y}", "# A {#b}"] {
            assert_eq!(spans(text), text);
        }
    }

    #[test]
    fn marked_words_are_marked() {
        let marked = |text: &str| brought(text, |d| marked(d, true));
        assert_eq!(marked("a ==b *c*== d"), "a <mark>b *c*</mark> d");
        for text in ["a == b == c", "a==b==c", "Head\n====", "`==a==`", "=====", "a ==b"] {
            assert_eq!(marked(text), text);
        }
    }

    #[test]
    fn lines_of_a_block_are_verse() {
        let text = "| One\n|   two\n\na\n\n| b | c |\n|---|---|\n| d | e |\n";
        let verse = "<div class=\"verse\">\n\nOne\n\u{A0}\u{A0}two\n\n</div>\n\n\na\n\n\
                     | b | c |\n|---|---|\n| d | e |\n";
        assert_eq!(brought(text, blocks), verse);
    }

    #[test]
    fn examples_count_through_the_text() {
        let text = "(@a) One\n\n(@) Two\n\nSee (@a) and (@b).\n";
        assert_eq!(brought(text, blocks), "1. One\n\n2. Two\n\nSee (1) and (@b).\n");
    }

    #[test]
    fn a_caption_after_a_table_is_no_definition() {
        let table = "| a | b |\n|---|---|\n| c | d |\n\n";
        assert_eq!(brought(&format!("{table}: Of it\n"), blocks), format!("{table}Table: Of it\n"));
        assert_eq!(brought("a\n\n: b\n", blocks), "a\n\n: b\n");
    }

    #[test]
    fn raw_html_is_html_and_other_raw_text_is_taken_out() {
        let text = "```{=html}\n<b>a</b>\n```\n\n```{=latex}\n\\x\n```\nb\n";
        assert_eq!(brought(text, raw_text), "\n<b>a</b>\n\n\n\nb\n");
        assert_eq!(brought("\\newpage\n", blocks), "\n<div class=\"page-break\"></div>\n\n");
    }
}
