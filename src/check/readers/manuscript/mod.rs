//! The manuscript as words: an independent reading of a chapter's file.
//!
//! The events of the Markdown parser go straight to words, with the byte of
//! each; HTML is read by `html5gum`, which the manuscript's own reader doesn't
//! use. Nothing is shared with that reader but the Markdown parser, so that words
//! it loses between the parser and the model are missed. What stands apart in a
//! finished book is read apart: notes, captions, and what is said instead of
//! pictures.
//!
//! ```text
//! file ─► front_matter ─► reader ─┬─ text       words, citations, what is left out
//!                                 ├─ captions   of tables and of pictures
//!                                 └─ raw_html ── mathml
//! ```

mod captions;
mod ends;
mod front_matter;
mod mathml;
mod raw_html;
mod reader;
mod text;

pub(in crate::check) use front_matter::body_start;
pub(in crate::check) use reader::Reading;

use pulldown_cmark::Options;

use super::citations::{CitationForm, marks, rewritten};
use crate::check::streams::Reason;
use crate::source::FileId;
use reader::Reader;

/// Reads a chapter's file.
pub(in crate::check) fn read(
    file: FileId,
    text: &str,
    citations: CitationForm,
    other_tool: bool,
) -> Reading {
    let body = body_start(text);
    let mut reader = Reader::new(file, text);
    reader.rewritten = rewritten(text, citations);
    reader.rewritten.extend(marks(text));
    reader.rewritten.sort_by_key(|range| range.start);
    reader.other_tool = other_tool;
    if body > 0 {
        reader.leave_out(0..body, Reason::FrontMatter);
    }
    reader.markdown(text.get(body..).unwrap_or(""), body, Options::ENABLE_MATH);
    reader.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::streams::Reason;
    use crate::check::words::Words;

    fn all(words: &Words) -> String {
        (0..words.len()).map(|i| words.letters(i)).collect::<Vec<_>>().join(" ")
    }

    fn flow(text: &str) -> String {
        all(&read(FileId(0), text, CitationForm::Nowhere, false).streams.flow)
    }

    #[test]
    fn the_line_in_italics_below_a_picture_and_a_title_in_a_cell_have_their_streams() {
        let text = "![alt](p.png){width=60%}\n*The caption*\n\n| ![alt](p.png \"a title\") |\n|-|\n| x |\n";
        let reading = read(FileId(0), text, CitationForm::Nowhere, false);
        assert_eq!(all(&reading.streams.captions), "The caption");
        assert_eq!(all(&reading.streams.flow), "a title x");
    }

    #[test]
    fn words_are_read_through_all_marks() {
        assert_eq!(flow("# A *b*c `d` [e](f \"g\")\n\n> h\n\n- i\n- [x] j"), "A bc d e h i j");
        assert_eq!(flow("a&nbsp;b &eacute;t&eacute; \\*c\\*"), "a b été c");
        assert_eq!(flow("| a | b |\n|--|--|\n| c | d |"), "a b c d");
        assert_eq!(flow("| a | b |\n|--|--|\n| `c | d` | e |"), "a b c d e");
        assert_eq!(flow("term\n: meaning\n\n```rust\nlet x;\n```"), "term meaning let x");
        assert_eq!(flow("a{index: no} b {ref #no page}"), "a b");
        assert_eq!(flow("a {index: `no`}b"), "a b");
        assert_eq!(flow("| a |\n|---|\n| b |\n\nTable: No {#id}"), "a b");
        assert_eq!(flow("A HTML b\n\n*[HTML]: Hyper Text"), "A HTML b");
        assert_eq!(flow("it costs $20 and $30."), "it costs 20 and 30");
        assert_eq!(flow("$a+b$ and\n\n$$\nc\n$$"), "a b and c");
    }

    #[test]
    fn html_is_text_without_what_a_book_can_not_show() {
        assert_eq!(flow("a<b>b</b><br>c <!-- no --> <span title='no'>d</span>"), "ab c d");
        assert_eq!(flow("<div>\n\na *b*\n\n</div>\n\n<p>c&amp;d</p>"), "a b c d");
        let text = "<script>\nno\n</script>\n\na\n\n<svg>\n<text>no</text>\n\nno\n\n</svg>\n\nb";
        let reading = read(FileId(0), text, CitationForm::Nowhere, false);
        assert_eq!(all(&reading.streams.flow), "a b");
        let left: Vec<_> = reading.left_out.iter().map(|l| l.reason.clone()).collect();
        assert_eq!(left, [Reason::Html("script".into()), Reason::Html("svg".into())]);
    }

    #[test]
    fn html_is_read_as_the_standard_has_it() {
        // An element that nobody knows goes on with the word before it.
        assert_eq!(flow("The type Vec<T>and more."), "The type Vecand more");
        assert_eq!(flow("a <q>b</q>c <label>d</label>"), "a bc d");
        // A tag that never ends is text, and ends nothing.
        assert_eq!(flow("<div>\na <b\nclass=\"x>c</b>\n\nd"), "a b class x c d");
        // A caption is one of something.
        assert_eq!(flow("<figcaption>words here</figcaption>"), "words here");
        assert_eq!(flow("<p>a &lt;b&gt; &amp;nope; &eacute;</p>"), "a b nope é");
    }

    #[test]
    fn a_formula_in_html_is_its_tex_or_its_letters() {
        assert_eq!(flow("a <math><mrow><mi>x</mi></mrow></math> b"), "a x b");
        let tex = "<annotation encoding=\"application/x-tex\">y</annotation>";
        assert_eq!(flow(&format!("a <math><mi>x</mi>{tex}</math> b")), "a y b");
    }

    #[test]
    fn what_stands_apart_is_read_apart() {
        let text = "Text[^n].\n\n[^n]: The *note*.\n\n![alt](p.png \"The **caption**\")\n\n\
                    In ![x](p.png \"title\") a line.\n\n<figure><img src=p alt=\"y z\">\
                    <figcaption>Other</figcaption></figure>";
        let reading = read(FileId(0), text, CitationForm::Nowhere, false);
        assert_eq!(all(&reading.streams.flow), "Text In a line");
        assert_eq!(all(&reading.streams.captions), "The caption Other");
        assert_eq!(all(&reading.streams.pictures), "alt x y z");
        let [note] = reading.streams.notes.as_slice() else { panic!("one note") };
        assert_eq!((note.key.as_str(), all(&note.words).as_str()), ("n", "The note"));
        let [left] = reading.left_out.as_slice() else { panic!("one title") };
        assert_eq!((left.words, &left.reason), (1, &Reason::PictureTitle));
    }

    #[test]
    fn front_matter_comments_and_definitions_are_left_out_and_counted() {
        let text =
            "---\ntitle: One Two\n---\n# A\n\n[b][c] <!-- three words here -->\n\n[c]: x.md 'T'";
        let reading = read(FileId(0), text, CitationForm::Nowhere, false);
        assert_eq!(all(&reading.streams.flow), "A b");
        let left: Vec<_> = reading.left_out.iter().map(|l| (l.reason.clone(), l.words)).collect();
        assert_eq!(left[0], (Reason::FrontMatter, 3));
        assert!(left.contains(&(Reason::Comment, 3)), "{left:?}");
        assert!(left.iter().any(|(reason, _)| *reason == Reason::LinkDefinition), "{left:?}");
        assert_eq!(body_start("---\n\nA rule above.\n\n---\n"), 0);
    }

    #[test]
    fn words_know_their_bytes() {
        let text = "---\na: b\n---\nOne **two** `three`";
        let flow = read(FileId(0), text, CitationForm::Nowhere, false).streams.flow;
        let spans = flow.list().iter().filter_map(|word| word.span);
        let words: Vec<&str> = spans.map(|s| &text[s.start as usize..s.end as usize]).collect();
        assert_eq!(words, ["One", "two", "three"]);
    }
}
