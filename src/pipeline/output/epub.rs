//! The EPUB, with its page list where there are pages to list.

use crate::epub::{self, EpubInput, PageMark};
use crate::page::{Folio, Pages};
use crate::pipeline::load::LoadedBook;

/// Makes the EPUB's bytes; with pages, it lists where they begin.
pub(super) fn write(book: &LoadedBook, pages: Option<&Pages>) -> Result<Vec<u8>, String> {
    let page_marks = pages.map(page_marks).unwrap_or_default();
    let manuscript = &book.manuscript;
    let input = EpubInput {
        book: &manuscript.book,
        assets: &book.assets,
        theme: &book.theme,
        fonts: &book.fonts,
        cover: book.cover.as_ref(),
        embed_fonts: manuscript.embed_fonts,
        extra_css: manuscript.extra_css.as_deref(),
        page_marks: &page_marks,
    };
    epub::write(&input).map_err(|e| e.to_string())
}

/// Where the numbered pages begin in the text.
fn page_marks(pages: &Pages) -> Vec<PageMark> {
    let numbered = pages.pages.iter().filter(|page| page.folio != Folio::None);
    numbered
        .filter_map(|page| {
            let (node, byte) = page.first_word?;
            Some(PageMark { label: page.folio.to_string(), node, byte })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::NodeId;
    use crate::page::{Page, Side};
    use crate::units::Pt;

    fn page(folio: Folio, first_word: Option<(NodeId, u32)>) -> Page {
        Page {
            size: (Pt(432.0), Pt(648.0)),
            folio,
            side: Side::Recto,
            items: Vec::new(),
            first_word,
        }
    }

    #[test]
    fn only_numbered_pages_with_text_are_in_the_page_list() {
        let pages = Pages {
            pages: vec![
                page(Folio::None, Some((NodeId(0), 0))),
                page(Folio::Roman(3), Some((NodeId(4), 7))),
                page(Folio::Roman(4), None),
                page(Folio::Arabic(1), Some((NodeId(9), 0))),
            ],
            ..Pages::default()
        };
        let marks = page_marks(&pages);
        let mark =
            |label: &str, node, byte| PageMark { label: label.into(), node: NodeId(node), byte };
        assert_eq!(marks, [mark("iii", 4, 7), mark("1", 9, 0)]);
    }
}
