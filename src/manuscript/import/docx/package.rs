//! The package of a document: a ZIP archive with parts and relationships between
//! them (ISO 29500-2).

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::DocxError;
use super::xml::{self, Element};

/// How large a part may be once it is unpacked, in bytes.
const LARGEST_PART: u64 = 256 << 20;
/// How large all parts may be together.
const LARGEST: u64 = 1 << 30;

/// An open package.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// How many bytes may still be unpacked.
    left: u64,
}

impl<'a> Package<'a> {
    /// Opens a document.
    pub fn open(bytes: &'a [u8]) -> Result<Package<'a>, DocxError> {
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|fault| DocxError::NotADocument(fault.to_string()))?;
        Ok(Package { archive, left: LARGEST })
    }

    /// The bytes of a part; `None` if there is none of that name.
    pub fn bytes(&mut self, part: &str) -> Result<Option<Vec<u8>>, DocxError> {
        let Ok(file) = self.archive.by_name(part) else { return Ok(None) };
        let most = LARGEST_PART.min(self.left);
        let mut bytes = Vec::new();
        file.take(most + 1)
            .read_to_end(&mut bytes)
            .map_err(|fault| DocxError::Part(part.to_owned(), fault.to_string()))?;
        let size = bytes.len() as u64;
        if size > most {
            return Err(DocxError::Part(part.to_owned(), "it is too large".to_owned()));
        }
        self.left -= size;
        Ok(Some(bytes))
    }

    /// A part as XML; empty if there is none of that name.
    pub fn xml(&mut self, part: &str) -> Result<Element, DocxError> {
        match self.bytes(part)? {
            Some(bytes) => xml::parse(part, &bytes),
            None => Ok(Element::default()),
        }
    }

    /// The targets of a part's relationships by their ids. Those inside the package
    /// are names of parts.
    pub fn relationships(&mut self, part: &str) -> Result<BTreeMap<String, Target>, DocxError> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let xml = self.xml(&format!("{folder}/_rels/{name}.rels"))?;
        let list = xml.find("x:Relationships").map_or(&[][..], |list| &list.children);
        let read = list.iter().filter_map(|entry| {
            let target = entry.get("Target")?.to_owned();
            let kind = entry.get("Type").unwrap_or("").rsplit('/').next().unwrap_or("").to_owned();
            let outside = entry.get("TargetMode") == Some("External");
            let target = if outside { target } else { resolved(folder, &target) };
            Some((entry.get("Id")?.to_owned(), Target { target, kind, outside }))
        });
        Ok(read.collect())
    }
}

/// What a relationship leads to.
#[derive(Debug, Clone)]
pub(super) struct Target {
    /// The name of a part, or an address.
    pub target: String,
    /// The last word of its type: `image`, `hyperlink`, `footnotes`.
    pub kind: String,
    /// Whether it is outside the package.
    pub outside: bool,
}

/// The name of a part as seen from a folder of the package.
fn resolved(folder: &str, target: &str) -> String {
    let from = if target.starts_with('/') { "" } else { folder };
    let mut parts: Vec<&str> = Vec::new();
    for part in from.split('/').chain(target.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
