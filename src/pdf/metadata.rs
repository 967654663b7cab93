//! What the file says about itself: the XMP packet (ISO 16684-1) and, for old
//! readers, the document information dictionary with the same words.
//!
//! Dates are those of the book; no clock is read.

use std::fmt::Write;

use lopdf::{Dictionary, Object};

use super::syntax::text;
use crate::model::{ContributorRole, Metadata};

const TOOL: &str = concat!("bindery ", env!("CARGO_PKG_VERSION"));

/// What the file claims to be, beside PDF/A-2a: that it always is, since there
/// alternative text is recommended and not required (ISO 19005-2, 6.7.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Claims {
    /// PDF/UA-1. A picture without alternative text takes it away, and so does
    /// a book without a title (ISO 14289-1, 7.3 and 7.1).
    pub(super) accessible: bool,
}

/// The extension schema that PDF/A-2 wants for PDF/UA's one property
/// (ISO 19005-2, 6.6.2.3).
const UA_SCHEMA: &str = r#"  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
   <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
   <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
   <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
   <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
    <pdfaProperty:name>part</pdfaProperty:name>
    <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
    <pdfaProperty:category>internal</pdfaProperty:category>
    <pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
   </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
  <pdfuaid:part>1</pdfuaid:part>
"#;

const NAMESPACES: [(&str, &str); 4] = [
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("xmp", "http://ns.adobe.com/xap/1.0/"),
    ("pdf", "http://ns.adobe.com/pdf/1.3/"),
    ("pdfaid", "http://www.aiim.org/pdfa/ns/id/"),
];

/// Those of the claim of PDF/UA-1: a file without it names none of them.
const UA_NAMESPACES: [(&str, &str); 4] = [
    ("pdfuaid", "http://www.aiim.org/pdfua/ns/id/"),
    ("pdfaExtension", "http://www.aiim.org/pdfa/ns/extension/"),
    ("pdfaSchema", "http://www.aiim.org/pdfa/ns/schema#"),
    ("pdfaProperty", "http://www.aiim.org/pdfa/ns/property#"),
];

/// The XMP packet.
pub(super) fn xmp(meta: &Metadata, claims: Claims) -> String {
    let mut namespaces = NAMESPACES.to_vec();
    if claims.accessible {
        namespaces.extend(UA_NAMESPACES);
    }
    let mut out = begin(&namespaces);
    out.push_str("  <pdfaid:part>2</pdfaid:part>\n");
    out.push_str("  <pdfaid:conformance>A</pdfaid:conformance>\n");
    if claims.accessible {
        out.push_str(UA_SCHEMA);
    }
    describe(&mut out, meta);
    property(&mut out, "xmp:CreateDate", meta.date.as_deref().unwrap_or(""));
    out.push_str(END);
    out
}

/// Ends what [`begin`] began.
pub(super) const END: &str = " </rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>";

/// Begins a packet whose properties are of these namespaces.
pub(super) fn begin(namespaces: &[(&str, &str)]) -> String {
    let mut out = String::from("<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n");
    out.push_str("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n");
    out.push_str("<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n");
    out.push_str(" <rdf:Description rdf:about=\"\"");
    for (prefix, uri) in namespaces {
        let _ = write!(out, "\n   xmlns:{prefix}=\"{uri}\"");
    }
    out.push_str(">\n");
    out
}

/// What the book is: everything but dates and claims.
pub(super) fn describe(out: &mut String, meta: &Metadata) {
    property(out, "dc:format", "application/pdf");
    in_any_language(out, "dc:title", &meta.title);
    array(out, "dc:creator", "Seq", meta.authors().map(|c| c.name.as_str()));
    let others = meta.contributors.iter().filter(|c| c.role != ContributorRole::Author);
    array(out, "dc:contributor", "Bag", others.map(|c| c.name.as_str()));
    array(out, "dc:publisher", "Bag", meta.publisher.as_deref());
    array(out, "dc:language", "Bag", [meta.language.tag()]);
    array(out, "dc:subject", "Bag", meta.subjects.iter().map(String::as_str));
    array(out, "dc:date", "Seq", meta.date.as_deref());
    in_any_language(out, "dc:description", meta.description.as_deref().unwrap_or(""));
    in_any_language(out, "dc:rights", meta.rights.as_deref().unwrap_or(""));
    property(out, "dc:identifier", &meta.identifier);
    property(out, "xmp:CreatorTool", TOOL);
    property(out, "pdf:Producer", TOOL);
    property(out, "pdf:Keywords", &meta.subjects.join(", "));
}

/// The document information dictionary.
pub(super) fn info(meta: &Metadata) -> Dictionary {
    let mut dict = Dictionary::new();
    let authors = meta.authors().map(|c| c.name.as_str()).collect::<Vec<_>>().join("; ");
    let subject = meta.description.as_deref().unwrap_or("");
    let keywords = meta.subjects.join(", ");
    let entries = [
        ("Title", meta.title.as_str()),
        ("Author", authors.as_str()),
        ("Subject", subject),
        ("Keywords", keywords.as_str()),
        ("Creator", TOOL),
        ("Producer", TOOL),
    ];
    for (key, value) in entries.into_iter().filter(|(_, value)| !value.is_empty()) {
        dict.set(key, text(value));
    }
    if let Some(date) = meta.date.as_deref().and_then(pdf_date) {
        dict.set("CreationDate", date);
    }
    dict
}

/// A date as PDF writes it (ISO 32000-1, 7.9.4), as precise as it is known.
fn pdf_date(date: &str) -> Option<Object> {
    let digits: String = date.chars().filter(|c| *c != '-').collect();
    let sound = matches!(digits.len(), 4 | 6 | 8) && digits.bytes().all(|b| b.is_ascii_digit());
    sound.then(|| text(&format!("D:{digits}")))
}

pub(super) fn property(out: &mut String, name: &str, value: &str) {
    if !value.is_empty() {
        let _ = writeln!(out, "  <{name}>{}</{name}>", escaped(value));
    }
}

fn in_any_language(out: &mut String, name: &str, value: &str) {
    if !value.is_empty() {
        let value = escaped(value);
        let _ = writeln!(
            out,
            "  <{name}><rdf:Alt><rdf:li xml:lang=\"x-default\">{value}</rdf:li></rdf:Alt></{name}>"
        );
    }
}

fn array<'a>(out: &mut String, name: &str, kind: &str, values: impl IntoIterator<Item = &'a str>) {
    let items: String =
        values.into_iter().map(|v| format!("<rdf:li>{}</rdf:li>", escaped(v))).collect();
    if !items.is_empty() {
        let _ = writeln!(out, "  <{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>");
    }
}

/// Text as XML has it; what XML can't have (1.0, 2.2) is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_escaped() {
        let meta = Metadata { title: String::from("Q&A: 1 < 2\u{1}"), ..Metadata::default() };
        let xmp = xmp(&meta, Claims { accessible: true });
        assert!(xmp.contains(">Q&amp;A: 1 &lt; 2</rdf:li>"), "{xmp}");
        assert!(xmp.contains("<pdfuaid:part>1<"));
    }

    #[test]
    fn a_file_without_the_claim_does_not_name_it() {
        let meta = Metadata { title: String::from("A Book"), ..Metadata::default() };
        let xmp = xmp(&meta, Claims { accessible: false });
        assert!(!xmp.contains("pdfuaid"), "{xmp}");
        assert!(!xmp.contains("pdfaExtension"), "{xmp}");
        assert!(xmp.contains("<pdfaid:part>2<"), "{xmp}");
    }

    #[test]
    fn dates_are_as_precise_as_they_are_known() {
        assert_eq!(pdf_date("2026"), Some(text("D:2026")));
        assert_eq!(pdf_date("2026-11-22"), Some(text("D:20261122")));
        assert_eq!(pdf_date("next year"), None);
    }
}
