//! Documents of Word: Office Open XML (ISO 29500).
//!
//! ```text
//! ZIP ─► parts as XML ─► styles, lists ─► body: blocks of Markdown ─► chapters, notes
//! ```
//!
//! Read with `zip` and `quick-xml`, and by no library for documents: those there are
//! write documents, or lose notes, tracked changes and alternative texts.

mod blocks;
mod formula;
mod inlines;
mod lines;
mod numbering;
mod package;
mod reading;
mod styles;
mod texts;
mod xml;

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

use super::Imported;
use blocks::Block;
use numbering::Lists;
use package::{Package, Target};
use reading::Reading;
use styles::{Kind, Styles};
use xml::Element;

/// Why a document can't be read.
#[derive(Debug, Error)]
pub enum DocxError {
    /// It is no ZIP archive.
    #[error("it is not a document of Word: {0}")]
    NotADocument(String),
    /// It has no text.
    #[error("there is no text in it")]
    NoText,
    /// A part can't be read.
    #[error("its part `{0}` can't be read: {1}")]
    Part(String, String),
}

/// Brings a document to Markdown: a file for each chapter, and its pictures.
///
/// # Errors
/// If it is no document, or broken, or larger than a book can be.
pub(in crate::manuscript) fn read(bytes: &[u8]) -> Result<Imported, DocxError> {
    let mut package = Package::open(bytes)?;
    let roots = package.relationships("")?;
    let main = part(&roots, "officeDocument").unwrap_or("word/document.xml").to_owned();
    let relationships = package.relationships(&main)?;
    let mut of_kind = |kind: &str| match part(&relationships, kind) {
        Some(name) => package.xml(name),
        None => Ok(Element::default()),
    };
    let styles = Styles::read(&of_kind("styles")?);
    let lists = Lists::read(&of_kind("numbering")?);
    let note_parts = [("footnotes", of_kind("footnotes")?), ("endnotes", of_kind("endnotes")?)];
    let core = match part(&roots, "core-properties") {
        Some(name) => package.xml(name)?,
        None => Element::default(),
    };
    let mut note_relationships = BTreeMap::new();
    for (kind, _) in &note_parts {
        if let Some(name) = part(&relationships, kind) {
            note_relationships.insert(*kind, package.relationships(name)?);
        }
    }
    let document = package.xml(&main)?;
    let body = document.find("w:body").ok_or(DocxError::NoText)?;
    let mut referenced = BTreeSet::new();
    reading::referenced(body, &mut referenced);
    let mut reading = Reading {
        styles: &styles,
        lists: &lists,
        relationships,
        package,
        referenced,
        measure: measure(body),
        fields: Vec::new(),
        notes: Vec::new(),
        pictures: BTreeMap::new(),
        remarks: BTreeMap::new(),
        fault: None,
    };
    let mut blocks = reading.blocks(body);
    let named = |reading: &str| core.find(reading).map(Element::words);
    let title = take(&mut blocks, Kind::Title).or_else(|| named("x:title"));
    let subtitle = take(&mut blocks, Kind::Subtitle);
    let author = take(&mut blocks, Kind::Author).or_else(|| named("x:creator"));
    let texts = chapter_texts(&mut reading, blocks, &note_parts, &note_relationships);
    if let Some(fault) = reading.fault {
        return Err(fault);
    }
    if texts.is_empty() {
        return Err(DocxError::NoText);
    }
    let filled = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    Ok(Imported {
        texts,
        pictures: reading.pictures.into_values().collect(),
        title: filled(title.map(|title| title.replace('\\', ""))),
        subtitle: filled(subtitle.map(|subtitle| subtitle.replace('\\', ""))),
        author: filled(author.map(|author| author.replace('\\', ""))),
        language: styles.language.clone(),
        remarks: reading.remarks.iter().map(|(remark, count)| remark.sentence(*count)).collect(),
    })
}

/// The name of the part of a kind.
fn part<'t>(relationships: &'t BTreeMap<String, Target>, kind: &str) -> Option<&'t str> {
    let found = relationships.values().find(|target| target.kind == kind && !target.outside);
    found.map(|target| target.target.as_str())
}

/// The width of the text in EMU: the page without its margins, in twentieths of a
/// point (ISO 29500-1, 17.6.11 and 17.6.13); six inches where nothing is said.
fn measure(body: &Element) -> f64 {
    const EMU_PER_TWENTIETH: f64 = 635.0;
    let section = body.find("w:sectPr");
    let number = |child: &str, key: &str| {
        section.and_then(|s| s.child(child)?.get(key)?.parse::<f64>().ok())
    };
    let width = number("w:pgSz", "w").unwrap_or(12240.0);
    let margins =
        number("w:pgMar", "left").unwrap_or(1800.0) + number("w:pgMar", "right").unwrap_or(1800.0);
    (width - margins).max(1440.0) * EMU_PER_TWENTIETH
}

/// Takes the paragraphs of a kind that stand before the first heading.
fn take(blocks: &mut Vec<Block>, kind: Kind) -> Option<String> {
    let head = blocks.iter().position(|block| matches!(block, Block::Heading(..)));
    let end = head.unwrap_or(blocks.len());
    let mut words = Vec::new();
    let mut index = 0;
    blocks.retain(|block| {
        index += 1;
        match block {
            Block::Part(other, text) if *other == kind && index <= end => {
                words.push(text.clone());
                false
            }
            _ => true,
        }
    });
    (!words.is_empty()).then(|| words.join(" "))
}

/// The texts of the chapters, each with its notes at its end.
fn chapter_texts(
    reading: &mut Reading<'_>,
    blocks: Vec<Block>,
    note_parts: &[(&str, Element); 2],
    note_relationships: &BTreeMap<&str, BTreeMap<String, Target>>,
) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut written = BTreeSet::new();
    for (number, chapter) in (1..).zip(texts::chapters(blocks)) {
        let mut text = texts::text(&chapter.blocks);
        // A note may have marks of notes itself, which come after it.
        let next = |reading: &Reading<'_>, text: &str, written: &BTreeSet<String>| {
            let is_here = |mark: &&reading::Mark| text.contains(&format!("[^{}]", mark.label));
            let mut left = reading.notes.iter().filter(|mark| !written.contains(&mark.label));
            left.find(is_here).cloned()
        };
        while let Some(mark) = next(reading, &text, &written) {
            let (kind, part) = &note_parts[usize::from(mark.ending)];
            let own = note_relationships.get(kind).cloned().unwrap_or_default();
            let others = std::mem::replace(&mut reading.relationships, own);
            let note = note_of(part, &mark.id).map(|note| reading.blocks(note)).unwrap_or_default();
            reading.relationships = others;
            let words =
                texts::text(&note).trim().replace('\n', "\n    ").replace("\n    \n", "\n\n");
            text.push_str(&format!("\n[^{}]: {words}\n", mark.label));
            written.insert(mark.label);
        }
        out.push((texts::file_name(number, &chapter), text));
    }
    out
}

fn note_of<'e>(part: &'e Element, id: &str) -> Option<&'e Element> {
    let root = part.children.iter().find(|child| !child.name.is_empty())?;
    root.children.iter().find(|note| note.get("id") == Some(id))
}
