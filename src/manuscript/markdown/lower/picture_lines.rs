//! Paragraphs whose lines are pictures: `![photo](x.jpg)` with its caption in
//! italics on the next line, or with text right above or below it.

use super::captions;
use crate::manuscript::markdown::tree::{Kind, Node, is_picture, is_white};
use crate::model::Attrs;

/// A part of a paragraph that has lines of pictures.
pub(super) enum Part {
    /// Lines of words.
    Words(Vec<Node>),
    /// Pictures, with the lines that are their caption.
    Figure {
        /// The pictures.
        pictures: Vec<Node>,
        /// The words of the caption, and the marks of notes on the pictures.
        caption: Vec<Node>,
        /// What stands in braces behind them.
        attrs: Attrs,
    },
}

/// Cuts a paragraph into its lines of pictures and what is between them.
/// Gives the nodes back if pictures stand only among words: a line of a
/// picture between two lines of words was wrapped there, and is one of those.
pub(super) fn split(nodes: Vec<Node>) -> Result<Vec<Part>, Vec<Node>> {
    let lines: Vec<Vec<Node>> = lines(&nodes);
    if !lines.iter().any(|line| pictures(line).is_some()) {
        return Err(nodes);
    }
    let mut parts: Vec<Part> = Vec::new();
    // A caption that begins with a label goes on over the lines after it.
    let mut labelled = false;
    let mut rest = lines.into_iter().peekable();
    while let Some(line) = rest.next() {
        let is_wrapped = matches!(parts.last(), Some(Part::Words(_)))
            && rest.peek().is_some_and(|next| pictures(next).is_none() && caption(next).is_none());
        let found = pictures(&line).filter(|_| !is_wrapped);
        match (found, parts.last_mut()) {
            (Some(figure), _) => {
                labelled = false;
                parts.push(figure);
            }
            // The rest of a line after `<br>`.
            (None, Some(Part::Figure { .. })) if line.iter().all(is_white) => {}
            (None, Some(Part::Words(words))) => words.extend(line),
            (None, Some(Part::Figure { caption: words, .. })) => match caption(&line) {
                Some(more) => {
                    labelled |= is_labelled(&line);
                    words.extend(more);
                }
                None if labelled => words.extend(line),
                None => parts.push(Part::Words(line)),
            },
            (None, None) => parts.push(Part::Words(line)),
        }
    }
    let is_figure = |part: &Part| matches!(part, Part::Figure { .. });
    if parts.iter().any(is_figure) { Ok(parts) } else { Err(nodes) }
}

/// The lines of a paragraph, each with the break at its end.
fn lines(nodes: &[Node]) -> Vec<Vec<Node>> {
    nodes
        .split_inclusive(|node| matches!(node.kind, Kind::SoftBreak | Kind::HardBreak))
        .map(<[Node]>::to_vec)
        .collect()
}

/// A line as a figure, if it shows pictures and nothing beside them but marks
/// of notes, attributes, or a caption in italics.
fn pictures(line: &[Node]) -> Option<Part> {
    let mut line = line.to_vec();
    while line.last().is_some_and(is_white) {
        line.pop();
    }
    let attrs = captions::take_picture_attributes(&mut line).unwrap_or_default();
    let (mut pictures, mut words) = (Vec::new(), Vec::new());
    for node in line {
        match node.kind {
            _ if is_white(&node) => {}
            _ if is_picture(&node) && words.is_empty() => pictures.push(node),
            Kind::Emph | Kind::Strong
                if node.children.iter().all(|c| is_picture(c) || is_white(c)) =>
            {
                pictures.extend(node.children);
            }
            Kind::NoteMark(_) if !pictures.is_empty() => words.push(node),
            Kind::Emph if !pictures.is_empty() && words.is_empty() => words.extend(node.children),
            _ => return None,
        }
    }
    (!pictures.is_empty()).then_some(Part::Figure { pictures, caption: words, attrs })
}

/// The words of a line that is the caption of the pictures above it: all in
/// italics, or begun by a label in bold with a number.
fn caption(line: &[Node]) -> Option<Vec<Node>> {
    let shown: Vec<&Node> = line.iter().filter(|node| !is_white(node)).collect();
    match shown.as_slice() {
        [emph, marks @ ..]
            if emph.kind == Kind::Emph
                && marks.iter().all(|mark| matches!(mark.kind, Kind::NoteMark(_))) =>
        {
            let mut words = emph.children.clone();
            words.extend(marks.iter().map(|mark| (*mark).clone()));
            Some(words)
        }
        _ if is_labelled(line) => Some(line.to_vec()),
        _ => None,
    }
}

/// Whether a line begins with words in bold that have a number in them.
fn is_labelled(line: &[Node]) -> bool {
    let first = line.iter().find(|node| !is_white(node));
    first.is_some_and(|label| label.kind == Kind::Strong && label.children.iter().any(has_digit))
}

fn has_digit(node: &Node) -> bool {
    matches!(&node.kind, Kind::Text(text) if text.contains(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use crate::diag::Diagnostics;
    use crate::manuscript::markdown::{Origin, parse};
    use crate::model::{Block, BlockKind, ImageWidth, Lang, plain_text};
    use crate::source::FileId;

    fn read(text: &str) -> Vec<String> {
        let mut diagnostics = Diagnostics::default();
        let parsed = parse(text, Origin::Part(FileId(0), 0), &Lang::default(), &mut diagnostics);
        let say = |kind: &BlockKind| match kind {
            BlockKind::Figure { images, caption } => {
                format!("{} pictures: {}", images.len(), plain_text(caption).trim())
            }
            BlockKind::Paragraph(content) => plain_text(content).trim().to_owned(),
            other => format!("{other:?}"),
        };
        parsed.blocks.iter().map(|block| say(&block.kind)).collect()
    }

    #[test]
    fn the_line_in_italics_below_a_picture_is_its_caption() {
        for text in [
            "![a](x.png)\n*A stair*",
            "![a](x.png)<br>\n*A stair*",
            "![a](x.png)\\\n_A stair_",
            "<img src='x.png' alt='a'> *A stair*",
        ] {
            assert_eq!(read(text), ["1 pictures: A stair"], "{text}");
        }
        assert_eq!(read("![a](x.png)\n**Figure 1.** A stair"), ["1 pictures: Figure 1. A stair"]);
    }

    #[test]
    fn a_caption_with_a_label_goes_on_over_its_lines() {
        assert_eq!(
            read("![a](x.png)\n**Figure 1.** A stair\nin the dark"),
            ["1 pictures: Figure 1. A stair in the dark"]
        );
    }

    #[test]
    fn a_size_in_braces_or_in_html_is_the_width_of_the_picture() {
        for (text, width) in [
            ("![a](x.png){width=60%}", ImageWidth::Percent(60)),
            ("![a](x.png){#a .b width=2in height=3in}\n*Caption*", ImageWidth::Pixels(192)),
            ("<img src='x.png' alt='' width='300'>", ImageWidth::Pixels(300)),
            ("<img src='x.png' alt='' style='width: 80%'>", ImageWidth::Percent(80)),
        ] {
            let mut diagnostics = Diagnostics::default();
            let origin = Origin::Part(FileId(0), 0);
            let parsed = parse(text, origin, &Lang::default(), &mut diagnostics);
            match parsed.blocks.as_slice() {
                [Block { kind: BlockKind::Figure { images, .. }, .. }] => {
                    assert_eq!(images[0].width, Some(width), "{text}");
                }
                other => panic!("{text}: {other:?}"),
            }
        }
    }

    #[test]
    fn text_right_above_or_below_a_picture_is_a_paragraph() {
        assert_eq!(read("![a](x.png)\nIt goes on."), ["1 pictures: ", "It goes on."]);
        assert_eq!(read("It is here:\n![a](x.png)"), ["It is here:", "1 pictures: "]);
    }

    #[test]
    fn pictures_in_emphasis_are_a_figure_and_in_running_text_are_not() {
        assert_eq!(read("*![a](x.png)*"), ["1 pictures: "]);
        assert_eq!(read("Press ![a](x.png) now.").len(), 1);
        assert_eq!(read("Press\n![a](x.png)\nnow.").len(), 1);
    }
}
