//! Writing the object graph as a file: object streams and a cross-reference
//! stream (ISO 32000-1, 7.5.7 and 7.5.8).
//!
//! lopdf can do this too, but on one processor, with a cross-reference stream
//! that isn't pressed, and without a chance to make the file's identifier from
//! what was written.

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat, dictionary};
use rayon::prelude::*;

use super::syntax::{deflate, literal, name, scaled};
use crate::hash::hash128;

/// Objects to an object stream: more press better, fewer are quicker to find.
const OBJECTS_TO_A_STREAM: usize = 200;

/// Marks the file as binary (7.5.2).
const BINARY: &[u8] = b"\n%\xE2\xE3\xCF\xD3\n";

/// Where an object is.
#[derive(Debug, Clone, Copy)]
enum Entry {
    Free,
    At(usize),
    In { stream: u32, index: usize },
}

/// New numbers for the objects, without gaps.
type Numbers = HashMap<ObjectId, u32>;

/// The document's bytes; the same objects give the same bytes.
/// The document says its version.
pub(super) fn save(document: &Document) -> Vec<u8> {
    let numbers: Numbers = document.objects.keys().copied().zip(1..).collect();
    let (streams, others): (Vec<_>, Vec<_>) =
        document.objects.iter().partition(|(_, object)| matches!(object, Object::Stream(_)));
    let first_free = numbers.len() + 1;
    let packs: Vec<Vec<u8>> =
        others.par_chunks(OBJECTS_TO_A_STREAM).map(|chunk| pack(chunk, &numbers)).collect();
    let cross_reference = first_free + packs.len();
    let mut entries = vec![Entry::Free; cross_reference];
    let size: usize = streams.iter().map(|(_, object)| stream_size(object)).sum();
    let mut out = Vec::with_capacity(size + 4096);
    out.extend(b"%PDF-");
    out.extend(document.version.as_bytes());
    out.extend(BINARY);
    for (id, object) in streams {
        let number = numbers.get(id).copied().unwrap_or_default();
        set(&mut entries, number, Entry::At(out.len()));
        indirect(&mut out, number, |out| write(out, object, &numbers));
    }
    for ((at, chunk), bytes) in others.chunks(OBJECTS_TO_A_STREAM).enumerate().zip(packs) {
        let stream = u32::try_from(first_free + at).unwrap_or(u32::MAX);
        for (index, (id, _)) in chunk.iter().enumerate() {
            let number = numbers.get(id).copied().unwrap_or_default();
            set(&mut entries, number, Entry::In { stream, index });
        }
        set(&mut entries, stream, Entry::At(out.len()));
        indirect(&mut out, stream, |out| out.extend(bytes));
    }
    finish(&mut out, document, &numbers, entries);
    out
}

fn stream_size(object: &Object) -> usize {
    object.as_stream().map_or(0, |s| s.content.len() + 256)
}

fn set(entries: &mut [Entry], number: u32, entry: Entry) {
    if let Some(slot) = entries.get_mut(number as usize) {
        *slot = entry;
    }
}

fn indirect(out: &mut Vec<u8>, number: u32, body: impl FnOnce(&mut Vec<u8>)) {
    out.extend(format!("{number} 0 obj\n").as_bytes());
    body(out);
    out.extend(b"\nendobj\n");
}

/// An object stream: the numbers and places of its objects, then the objects.
fn pack(objects: &[(&ObjectId, &Object)], numbers: &Numbers) -> Vec<u8> {
    let (mut index, mut body) = (Vec::new(), Vec::new());
    for (id, object) in objects {
        let number = numbers.get(*id).copied().unwrap_or_default();
        index.extend(format!("{number} {} ", body.len()).as_bytes());
        write(&mut body, object, numbers);
        body.push(b'\n');
    }
    let dict = dictionary! {
        "Type" => "ObjStm",
        "N" => objects.len() as i64,
        "First" => index.len() as i64,
        "Filter" => name("FlateDecode"),
    };
    index.extend(body);
    let mut out = Vec::new();
    write_stream(&mut out, &dict, &deflate(&index), numbers);
    out
}

/// The cross-reference stream and what leads to it.
fn finish(out: &mut Vec<u8>, document: &Document, numbers: &Numbers, mut entries: Vec<Entry>) {
    let start = out.len();
    entries.push(Entry::At(start));
    // Rows of one, four and two bytes, each as its difference to the row above.
    let mut rows: Vec<u8> = Vec::with_capacity(entries.len() * 8);
    let mut above = [0u8; 7];
    for entry in &entries {
        let row = row(*entry);
        rows.push(2);
        rows.extend(row.iter().zip(above).map(|(byte, above)| byte.wrapping_sub(above)));
        above = row;
    }
    let id = Object::String(hash128(&[&*out]).to_vec(), StringFormat::Hexadecimal);
    let mut dict = dictionary! {
        "Type" => "XRef",
        "Size" => entries.len() as i64,
        "W" => vec![1.into(), 4.into(), 2.into()],
        "Filter" => name("FlateDecode"),
        "DecodeParms" => dictionary! { "Predictor" => 12, "Columns" => 7 },
        "ID" => vec![id.clone(), id],
    };
    for key in ["Root", "Info"] {
        if let Ok(value) = document.trailer.get(key.as_bytes()) {
            dict.set(key, value.clone());
        }
    }
    let number = u32::try_from(entries.len() - 1).unwrap_or(u32::MAX);
    indirect(out, number, |out| write_stream(out, &dict, &deflate(&rows), numbers));
    out.extend(format!("startxref\n{start}\n%%EOF\n").as_bytes());
}

fn row(entry: Entry) -> [u8; 7] {
    let (kind, place, index) = match entry {
        // The head of the list of free objects, which is the only one.
        Entry::Free => (0, 0, u16::MAX),
        Entry::At(offset) => (1, u32::try_from(offset).unwrap_or(u32::MAX), 0),
        Entry::In { stream, index } => (2, stream, u16::try_from(index).unwrap_or(u16::MAX)),
    };
    let [a, b, c, d] = place.to_be_bytes();
    let [e, f] = index.to_be_bytes();
    [kind, a, b, c, d, e, f]
}

/// Writes an object (7.3).
fn write(out: &mut Vec<u8>, object: &Object, numbers: &Numbers) {
    match object {
        Object::Null => out.extend(b"null"),
        Object::Boolean(true) => out.extend(b"true"),
        Object::Boolean(false) => out.extend(b"false"),
        Object::Integer(n) => scaled(out, *n, 0),
        Object::Real(n) if n.is_finite() => out.extend(n.to_string().as_bytes()),
        Object::Real(_) => out.push(b'0'),
        Object::Name(name) => write_name(out, name),
        Object::String(bytes, StringFormat::Literal) => literal(out, bytes.iter().copied()),
        Object::String(bytes, StringFormat::Hexadecimal) => {
            let hex: String = bytes.iter().map(|b| format!("{b:02X}")).collect();
            out.push(b'<');
            out.extend(hex.as_bytes());
            out.push(b'>');
        }
        Object::Array(items) => {
            out.push(b'[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(b' ');
                }
                write(out, item, numbers);
            }
            out.push(b']');
        }
        Object::Dictionary(dict) => write_dict(out, dict, None, numbers),
        Object::Stream(stream) => write_stream(out, &stream.dict, &stream.content, numbers),
        Object::Reference(id) => match numbers.get(id) {
            Some(number) => out.extend(format!("{number} 0 R").as_bytes()),
            None => out.extend(b"null"),
        },
    }
}

fn write_name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for byte in name {
        match byte {
            b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%' | b'#' => {
                out.extend(format!("#{byte:02X}").as_bytes());
            }
            b'!'..=b'~' => out.push(*byte),
            _ => out.extend(format!("#{byte:02X}").as_bytes()),
        }
    }
}

fn write_dict(out: &mut Vec<u8>, dict: &Dictionary, length: Option<usize>, numbers: &Numbers) {
    out.extend(b"<<");
    for (key, value) in dict.iter().filter(|(key, _)| length.is_none() || *key != b"Length") {
        write_name(out, key);
        // What begins with a delimiter of its own needs no space before it.
        if !matches!(
            value,
            Object::Name(_) | Object::String(..) | Object::Array(_) | Object::Dictionary(_)
        ) {
            out.push(b' ');
        }
        write(out, value, numbers);
    }
    if let Some(length) = length {
        out.extend(format!("/Length {length}").as_bytes());
    }
    out.extend(b">>");
}

fn write_stream(out: &mut Vec<u8>, dict: &Dictionary, content: &[u8], numbers: &Numbers) {
    write_dict(out, dict, Some(content.len()), numbers);
    out.extend(b"stream\n");
    out.extend(content);
    out.extend(b"\nendstream");
}
