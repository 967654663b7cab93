//! Lists and styles that refer to themselves, or grow without bounds: the
//! readers of both follow every reference without counting, so that one of them
//! would end the program or never end. They are refused before.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use biblatex::{Field, RawBibliography, RawChunk};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// The most bytes that the strings of a list may grow to.
const MOST_BYTES: u64 = 16 << 20;
/// How deep strings, entries and braces may refer to or stand in others.
const DEEPEST_LIST: u64 = 100;
/// How many entries a list may bring together with `crossref` and `xdata`.
const MOST_ENTRIES: u64 = 200_000;
/// How deep the elements of a style may nest, its macros written out.
const DEEPEST_STYLE: u64 = 200;
/// How many elements a style may have, its macros written out. The largest of
/// the styles that come with `hayagriva` has fewer than 200,000.
const MOST_ELEMENTS: u64 = 2_000_000;

/// What comes of following all references from a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Total {
    size: u64,
    depth: u64,
}

/// A thing with references to others, and how deep each stands in it.
#[derive(Debug, Default)]
struct Node<'t> {
    size: u64,
    depth: u64,
    references: Vec<(&'t str, u64)>,
}

/// The totals of all nodes.
///
/// # Errors
/// With the name of one that refers to itself.
fn totals<'t>(nodes: &HashMap<&'t str, Node<'t>>) -> Result<HashMap<&'t str, Total>, &'t str> {
    let mut totals: HashMap<&str, Option<Total>> = HashMap::new();
    let mut names: Vec<&str> = nodes.keys().copied().collect();
    names.sort_unstable();
    for name in names {
        // What is still to do, each with the number of the next reference.
        let mut path: Vec<(&str, usize)> = Vec::new();
        if !totals.contains_key(name) {
            totals.insert(name, None);
            path.push((name, 0));
        }
        while let Some((name, next)) = path.last_mut() {
            let Some(node) = nodes.get(*name) else { break };
            if let Some((other, _)) = node.references.get(*next) {
                *next += 1;
                match totals.get(other) {
                    Some(None) => return Err(other),
                    None if nodes.contains_key(other) => {
                        totals.insert(other, None);
                        path.push((other, 0));
                    }
                    _ => {}
                }
                continue;
            }
            let mut total = Total { size: node.size, depth: node.depth };
            for (other, at) in &node.references {
                if let Some(Some(other)) = totals.get(other) {
                    total.size = total.size.saturating_add(other.size);
                    total.depth = total.depth.max(at.saturating_add(other.depth));
                }
            }
            totals.insert(name, Some(total));
            path.pop();
        }
    }
    Ok(totals.into_iter().filter_map(|(name, total)| Some((name, total?))).collect())
}

/// Whether a list in BibTeX can be read: its strings, `crossref` and `xdata` end
/// somewhere. What is no BibTeX at all is left to its reader.
///
/// # Errors
/// With the place and what is wrong.
pub(super) fn check_list(text: &str) -> Result<(), (Range<usize>, String)> {
    if let Some(at) = too_deep_brace(text) {
        return Err((at..at, format!("its braces are nested more than {DEEPEST_LIST} deep")));
    }
    let Ok(list) = RawBibliography::parse(text) else { return Ok(()) };
    let mut strings: HashMap<&str, Node<'_>> = HashMap::new();
    for pair in &list.abbreviations {
        strings.insert(pair.key.v, string_node(&pair.value.v));
    }
    let place = |name: &str| {
        let pair = list.abbreviations.iter().find(|pair| pair.key.v == name);
        pair.map_or(0..0, |pair| pair.key.span.clone())
    };
    let sizes = totals(&strings)
        .map_err(|name| (place(name), format!("the `@string` `{name}` contains itself")))?;
    let mut deep: Vec<&str> = (sizes.iter())
        .filter(|(_, total)| total.depth > DEEPEST_LIST)
        .map(|(name, _)| *name)
        .collect();
    deep.sort_unstable();
    if let Some(name) = deep.first() {
        let what = format!("the `@string` `{name}` has more than {DEEPEST_LIST} others in it");
        return Err((place(name), what));
    }
    let mut bytes: u64 = 0;
    for field in list.entries.iter().flat_map(|entry| &entry.v.fields) {
        let node = string_node(&field.value.v);
        let strings = node.references.iter().filter_map(|(name, _)| sizes.get(name));
        let size = strings.fold(node.size, |sum, total| sum.saturating_add(total.size));
        bytes = bytes.saturating_add(size);
        if bytes > MOST_BYTES + text.len() as u64 {
            let what = format!("its strings grow to more than {} MB", MOST_BYTES >> 20);
            return Err((field.key.span.clone(), what));
        }
    }
    check_entries(&list)
}

/// The place of a brace that is nested too deep.
fn too_deep_brace(text: &str) -> Option<usize> {
    let mut depth: u64 = 0;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'\\' => {
                escaped = !escaped;
                continue;
            }
            b'{' if !escaped => depth += 1,
            b'}' if !escaped => depth = depth.saturating_sub(1),
            // An entry begins: braces before it that don't end are a fault of
            // another kind.
            b'@' if text.get(..at).is_some_and(|t| t.ends_with('\n')) => depth = 0,
            _ => {}
        }
        escaped = false;
        if depth > DEEPEST_LIST {
            return Some(at);
        }
    }
    None
}

fn string_node<'t>(field: &Field<'t>) -> Node<'t> {
    let mut node = Node { depth: 1, ..Node::default() };
    for chunk in field {
        match chunk.v {
            RawChunk::Normal(text) => node.size += text.len() as u64,
            RawChunk::Abbreviation(name) => node.references.push((name, 1)),
        }
    }
    node
}

/// Whether `crossref` and `xdata` of the entries end somewhere.
fn check_entries(list: &RawBibliography<'_>) -> Result<(), (Range<usize>, String)> {
    let mut strings: HashMap<&str, String> = HashMap::new();
    for pair in &list.abbreviations {
        let words = pair.value.v.iter().filter_map(|chunk| match chunk.v {
            RawChunk::Normal(text) => Some(text),
            RawChunk::Abbreviation(_) => None,
        });
        strings.insert(pair.key.v, words.collect());
    }
    let keys_of = |field: &Field<'_>| -> String {
        let words = field.iter().map(|chunk| match chunk.v {
            RawChunk::Normal(text) => text,
            RawChunk::Abbreviation(name) => strings.get(name).map_or("", String::as_str),
        });
        words.collect::<String>().replace(['{', '}'], "")
    };
    // The keys of an entry with its other names, and those it refers to.
    let mut names: HashMap<String, usize> = HashMap::new();
    let mut references: Vec<String> = Vec::new();
    for (number, entry) in list.entries.iter().enumerate() {
        names.entry(entry.v.key.v.to_owned()).or_insert(number);
        let mut referred = Vec::new();
        for field in &entry.v.fields {
            match field.key.v.to_ascii_lowercase().as_str() {
                "ids" => {
                    for name in keys_of(&field.value.v).split(',') {
                        names.entry(name.trim().to_owned()).or_insert(number);
                    }
                }
                "crossref" | "xdata" => referred.push(keys_of(&field.value.v)),
                _ => {}
            }
        }
        references.push(referred.join(","));
    }
    let numbers: Vec<String> = (0..list.entries.len()).map(|n| n.to_string()).collect();
    let mut nodes: HashMap<&str, Node<'_>> = HashMap::new();
    for (number, referred) in numbers.iter().zip(&references) {
        let to = referred.split(',').filter_map(|key| names.get(key.trim()));
        let to = to.filter_map(|n| numbers.get(*n)).map(|n| (n.as_str(), 1));
        nodes.insert(number, Node { size: 1, depth: 1, references: to.collect() });
    }
    let place = |number: &str| {
        let entry = number.parse().ok().and_then(|n: usize| list.entries.get(n));
        entry.map_or((0..0, ""), |entry| (entry.v.key.span.clone(), entry.v.key.v))
    };
    let totals = totals(&nodes).map_err(|number| {
        let (place, key) = place(number);
        (place, format!("`crossref` or `xdata` of `{key}` leads back to it"))
    })?;
    let mut sum: u64 = 0;
    for number in &numbers {
        let Some(total) = totals.get(number.as_str()) else { continue };
        sum = sum.saturating_add(total.size);
        if sum > MOST_ENTRIES || total.depth > DEEPEST_LIST {
            let (place, key) = place(number);
            let what = format!("`crossref` or `xdata` of `{key}` leads to too many others");
            return Err((place, what));
        }
    }
    Ok(())
}

/// Whether a style can be used: its macros end somewhere. What is no XML is left
/// to its reader.
///
/// # Errors
/// With the byte and what is wrong.
pub(super) fn check_style(text: &str) -> Result<(), (usize, String)> {
    let mut reader = Reader::from_str(text);
    let mut macros: BTreeMap<String, StyleMacro> = BTreeMap::new();
    let mut current = String::new();
    let mut depth: u64 = 0;
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(0);
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                depth += 1;
                if tag.local_name().as_ref() == "macro" {
                    current = attribute(&tag, "name").unwrap_or_default();
                }
                element(&tag, depth, at, &current, &mut macros);
            }
            Ok(Event::Empty(tag)) => element(&tag, depth + 1, at, &current, &mut macros),
            Ok(Event::End(tag)) => {
                depth = depth.saturating_sub(1);
                if tag.local_name().as_ref() == "macro" {
                    current = String::new();
                }
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
        if depth > DEEPEST_STYLE {
            return Err((at, format!("its elements are nested more than {DEEPEST_STYLE} deep")));
        }
    }
    let mut nodes: HashMap<&str, Node<'_>> = HashMap::new();
    for (name, found) in &macros {
        let references = found.calls.iter().map(|(other, at)| (other.as_str(), *at)).collect();
        nodes.insert(name, Node { size: found.size, depth: found.depth, references });
    }
    let place = |name: &str| macros.get(name).map_or(0, |found| found.at);
    let totals =
        totals(&nodes).map_err(|name| (place(name), format!("its macro `{name}` calls itself")))?;
    for name in macros.keys() {
        let Some(total) = totals.get(name.as_str()) else { continue };
        if total.size > MOST_ELEMENTS || total.depth > DEEPEST_STYLE {
            let what = "its macros call others too often, or too deep";
            return Err((place(name), what.to_owned()));
        }
    }
    Ok(())
}

/// A macro of a style, without those that it calls.
#[derive(Default)]
struct StyleMacro {
    /// The byte where it begins.
    at: usize,
    /// The macros that it calls, and how deep in it.
    calls: Vec<(String, u64)>,
    /// How many elements it has.
    size: u64,
    /// How deep they nest.
    depth: u64,
}

/// Counts an element of a style and notes which macro it calls.
fn element(
    tag: &BytesStart<'_>,
    depth: u64,
    at: usize,
    within: &str,
    macros: &mut BTreeMap<String, StyleMacro>,
) {
    let found = macros
        .entry(within.to_owned())
        .or_insert_with(|| StyleMacro { at, ..StyleMacro::default() });
    found.size += 1;
    found.depth = found.depth.max(depth);
    if matches!(tag.local_name().as_ref(), "text" | "key")
        && let Some(name) = attribute(tag, "macro")
    {
        found.calls.push((name, depth));
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.attributes().flatten().find(|a| a.key.as_ref() == name)?;
    Some(attribute.value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> String {
        check_list(text).err().map_or_else(String::new, |(_, what)| what)
    }

    #[test]
    fn strings_may_not_contain_themselves_or_grow_without_end() {
        let work = "@book{k, title = a, author = {A}, year = 2000}\n";
        assert_eq!(
            list(&format!("@string{{a = b}}\n@string{{b = a}}\n{work}")),
            "the `@string` `a` contains itself"
        );
        let mut text = "@string{a0 = \"ha\"}\n".to_owned();
        for n in 1..30 {
            text += &format!("@string{{a{n} = a{m} # a{m}}}\n", m = n - 1);
        }
        text += "@book{k, title = a29}\n";
        assert_eq!(list(&text), "its strings grow to more than 16 MB");
        let mut text = "@string{a0 = \"ha\"}\n".to_owned();
        for n in 1..500 {
            text += &format!("@string{{a{n} = a{m}}}\n", m = n - 1);
        }
        assert!(list(&text).contains("has more than 100 others in it"));
        assert_eq!(list(&format!("@string{{a = \"x\" # b}}\n@string{{b = \"y\"}}\n{work}")), "");
    }

    #[test]
    fn entries_may_not_lead_back_to_themselves() {
        assert_eq!(
            list("@book{k, crossref = {k}}"),
            "`crossref` or `xdata` of `k` leads back to it"
        );
        assert_eq!(
            list("@book{k, xdata = {a, b}}\n@xdata{b, xdata = {c}}\n@xdata{c, ids={d}, xdata={k}}"),
            "`crossref` or `xdata` of `k` leads back to it"
        );
        let mut text = "@xdata{x0, title = {T}}\n".to_owned();
        for n in 1..40 {
            text += &format!("@xdata{{x{n}, xdata = {{x{m}, x{m}}}}}\n", m = n - 1);
        }
        assert!(list(&text).contains("leads to too many others"));
        assert_eq!(list("@book{k, crossref = {c}}\n@collection{c, title = {C}}"), "");
    }

    #[test]
    fn braces_may_not_nest_without_end() {
        let text =
            |n: usize| format!("@book{{k, title = {{{}x{}}}}}", "\\a{".repeat(n), "}".repeat(n));
        assert_eq!(list(&text(20)), "");
        assert_eq!(list(&text(5000)), "its braces are nested more than 100 deep");
    }

    fn style(macros: &str) -> String {
        let text = format!("<style>{macros}<citation><layout/></citation></style>");
        check_style(&text).err().map_or_else(String::new, |(_, what)| what)
    }

    #[test]
    fn macros_may_not_call_themselves_or_too_many_others() {
        assert_eq!(
            style("<macro name=\"a\"><text macro=\"a\"/></macro>"),
            "its macro `a` calls itself"
        );
        let mut macros = "<macro name=\"a0\"><text value=\"ha\"/></macro>".to_owned();
        for n in 1..30 {
            let call = format!("<text macro=\"a{}\"/>", n - 1);
            macros += &format!("<macro name=\"a{n}\">{call}{call}</macro>");
        }
        assert_eq!(style(&macros), "its macros call others too often, or too deep");
        let (open, close) = ("<group>".repeat(10_000), "</group>".repeat(10_000));
        assert_eq!(
            style(&format!("<macro name=\"a\">{open}{close}</macro>")),
            "its elements are nested more than 200 deep"
        );
        assert_eq!(style("<macro name=\"a\"><text value=\"x\"/></macro>"), "");
    }
}
