//! What a node of the structure tree is called in a PDF.

use crate::model::Alt;
use crate::page::{Artifact, StructKind, Structure, Tag};

/// A tag as it is written: decorative pictures and nodes that don't exist are
/// furniture.
pub(super) fn effective(structure: &Structure, tag: Tag) -> Tag {
    match tag {
        Tag::Artifact(_) => tag,
        Tag::Node(id) => match structure.get(id).map(|n| &n.kind) {
            None | Some(StructKind::Figure { alt: Alt::Decorative, .. }) => {
                Tag::Artifact(Artifact::Layout)
            }
            Some(_) => tag,
        },
    }
}

/// The standard structure type of a kind (ISO 32000-1, 14.8.4).
pub(super) fn role(kind: &StructKind) -> &'static str {
    match kind {
        StructKind::Document => "Document",
        StructKind::Part => "Part",
        StructKind::Sect => "Sect",
        StructKind::Div => "Div",
        StructKind::Heading(level) => match level {
            0 | 1 => "H1",
            2 => "H2",
            3 => "H3",
            4 => "H4",
            5 => "H5",
            6.. => "H6",
        },
        StructKind::P => "P",
        StructKind::List(_) => "L",
        StructKind::ListItem => "LI",
        StructKind::Label => "Lbl",
        StructKind::ListBody => "LBody",
        StructKind::BlockQuote => "BlockQuote",
        // The picture itself is furniture then; what hangs below it is not.
        StructKind::Figure { alt: Alt::Decorative, .. } => "Div",
        StructKind::Figure { .. } => "Figure",
        StructKind::Caption => "Caption",
        StructKind::Table => "Table",
        StructKind::TableHead => "THead",
        StructKind::TableBody => "TBody",
        StructKind::TableRow => "TR",
        StructKind::TableHeader(_) => "TH",
        StructKind::TableData => "TD",
        StructKind::Note => "Note",
        StructKind::Reference => "Reference",
        StructKind::Link => "Link",
        StructKind::Toc => "TOC",
        StructKind::Index => "Index",
        StructKind::TocItem => "TOCI",
        StructKind::Code => "Code",
        StructKind::Ruby => "Ruby",
        StructKind::RubyBase => "RB",
        StructKind::RubyText => "RT",
        StructKind::Formula(_) => "Formula",
        StructKind::Span => "Span",
    }
}
