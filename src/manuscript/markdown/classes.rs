//! Classes that are syntax of the manuscript: the few by which a writer says
//! what something is. They are read here, once; to the model a class is only a
//! name that it hands on to the EPUB.

use crate::model::Attrs;

/// Takes a heading, figure, table or formula out of the numbers.
const UNNUMBERED: &str = "unnumbered";

/// Gives a node a class, and what it says of it.
pub(super) fn add(attrs: &mut Attrs, class: &str) {
    attrs.add_class(class);
    if class == UNNUMBERED {
        attrs.set_unnumbered();
    }
}

/// Whether a class makes a kind of an element, and so is none any longer.
pub(super) fn is_kind(class: &str) -> bool {
    matches!(
        class,
        "pullquote"
            | "pull-quote"
            | "epigraph"
            | "verse"
            | "poem"
            | "page-break"
            | "pagebreak"
            | "smallcaps"
            | "small-caps"
            | "admonition"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Diagnostics;
    use crate::manuscript::markdown::{Origin, parse};
    use crate::model::{Block, Lang};
    use crate::source::FileId;

    fn first(text: &str) -> Block {
        let mut diagnostics = Diagnostics::default();
        let origin = Origin::Part(FileId(0), 0);
        let draft = parse(text, origin, &Lang::default(), &mut diagnostics);
        draft.blocks.into_iter().next().expect("a block")
    }

    #[test]
    fn unnumbered_is_read_wherever_attributes_are_written() {
        let table = "| a |\n| - |\n| 1 |\n";
        for text in [
            "## A {.unnumbered}".to_owned(),
            "<h2 class=\"unnumbered\">A</h2>".to_owned(),
            "![A](a.svg \"Of it\"){.unnumbered}".to_owned(),
            format!("Table: Of it {{.unnumbered}}\n\n{table}"),
            "$$x$$ {.unnumbered}".to_owned(),
        ] {
            let block = first(&text);
            assert!(block.attrs.is_unnumbered(), "{text}");
            assert_eq!(block.attrs.classes(), [UNNUMBERED], "{text}: style sheets know it too");
        }
        assert!(!first("## A {.numbered}").attrs.is_unnumbered());
    }

    #[test]
    fn no_class_makes_a_paragraph_hang() {
        let block = first("<p class=\"hanging\">A</p>");
        assert!(!block.attrs.is_hanging());
        assert_eq!(block.attrs.classes(), ["hanging"]);
    }
}
