//! Containers between colons: `::: tip Title`, `:::note[Title]`,
//! `::: {.class #id}`, as pandoc, Quarto, VitePress, Docusaurus and MyST have
//! them.

use super::admonition::{admonition_kind, class_of};
use super::attributes::Attributes;
use super::draft::{Draft, Edits, Part, RemovedReason, made};
use super::lines::{Line, lines};

/// What opens a container.
#[derive(Debug, Default, PartialEq)]
struct Opener {
    name: String,
    attributes: Attributes,
    /// The title, as a range within the words of the line.
    title: Option<std::ops::Range<usize>>,
}

/// Makes elements of HTML of all containers.
pub(super) fn containers(draft: &mut Draft) {
    if !draft.text.contains(":::") {
        return;
    }
    let mut edits = Edits::default();
    let mut open: Vec<&'static str> = Vec::new();
    let all = lines(&draft.text);
    let mut at = 0;
    while let Some(line) = all.get(at) {
        at += 1;
        if !line.is_text() || !line.words.starts_with(":::") {
            continue;
        }
        if line.words.trim_matches(':').is_empty() {
            match open.pop() {
                Some(tag) => edits.replace(line.range.clone(), close(line.prefix, tag)),
                None => {
                    edits.left_over("`:::`", line.range.clone());
                    edits.remove(line.start()..line.range.end, RemovedReason::LeftOver);
                }
            }
            continue;
        }
        let Some(opener) = opener(line.words) else {
            edits.left_over("`:::`", line.range.clone());
            continue;
        };
        let mut title = opener.title.clone().map(|t| line.start() + t.start..line.start() + t.end);
        if title.is_none() && is_callout(&opener) {
            title = all.get(at).filter(|next| next.is_text()).and_then(heading);
            if let Some(heading) = title.clone() {
                edits.drop(all.get(at).map_or(heading.clone(), |next| next.range.clone()));
            }
        }
        let (tag, parts) = open_element(line, &opener, title);
        open.push(tag);
        edits.replace(line.range.clone(), parts);
    }
    draft.apply(edits);
}

fn is_callout(opener: &Opener) -> bool {
    opener.attributes.classes.iter().any(|class| class.starts_with("callout"))
}

/// The words of a heading, which Quarto takes for a callout's title.
fn heading(line: &Line<'_>) -> Option<std::ops::Range<usize>> {
    let words = line.words.trim_start_matches('#');
    let marks = line.words.len() - words.len();
    let found = (1..=6).contains(&marks) && words.starts_with(' ');
    found.then(|| {
        line.range.end.max(line.start()) - words.trim_start().len()..line.start() + line.words.len()
    })
}

fn opener(words: &str) -> Option<Opener> {
    let rest = words.trim_start_matches(':');
    let body = rest.trim_start();
    let mut at = words.len() - body.len();
    let end = words.trim_end_matches(':').trim_end().len();
    let body = words.get(at..end)?;
    let mut out = Opener::default();
    if body.starts_with('{') {
        let close = body.find('}')?;
        match Attributes::at_start(body) {
            Some((attributes, _)) => out.attributes = attributes,
            None => out.name = body.get(1..close)?.trim_matches(['`', ' ']).to_owned(),
        }
        at += close + 1;
    } else {
        let length = body.find([' ', '\t', '[', '{']).unwrap_or(body.len());
        out.name = body.get(..length)?.to_owned();
        at += length;
    }
    if !out.name.chars().all(|c| c.is_alphanumeric() || "-_".contains(c)) {
        return None;
    }
    let mut rest = words.get(at..end)?;
    if rest.starts_with('[')
        && let Some(close) = rest.rfind(']')
    {
        out.title = Some(at + 1..at + close);
        at += close + 1;
        rest = words.get(at..end)?;
    }
    if let Some(braces) = rest.find('{')
        && let Some((attributes, length)) = Attributes::at_start(rest.get(braces..)?)
        && rest.get(braces + length..)?.trim().is_empty()
    {
        out.attributes = attributes;
        rest = rest.get(..braces)?;
    }
    if out.title.is_none() && !rest.trim().is_empty() {
        let start = at + rest.len() - rest.trim_start().len();
        out.title = Some(start..start + rest.trim().len());
    }
    Some(out)
}

/// The tag that closes the element, and what opens it.
fn open_element(
    line: &Line<'_>,
    opener: &Opener,
    title: Option<std::ops::Range<usize>>,
) -> (&'static str, Vec<Part>) {
    let mut attributes = opener.attributes.clone();
    let names = std::iter::once(&opener.name).chain(&opener.attributes.classes);
    let kind = names.filter(|name| !name.is_empty()).find_map(|name| admonition_kind(name));
    let given = attributes.get("title").map(str::to_owned);
    if opener.name == "details" {
        let mut parts =
            vec![made(format!("{}<details{}><summary>", line.prefix, attributes.html()))];
        parts.extend(title.map(Part::Kept));
        parts.push(made(format!("</summary>\n{}", line.prefix)));
        return ("</details>", parts);
    }
    if let Some(kind) = kind {
        attributes.classes = vec!["admonition".to_owned(), class_of(kind).to_owned()];
    } else if !opener.name.is_empty() {
        attributes.classes.insert(0, opener.name.clone());
    }
    let mut parts = vec![made(format!("{0}<div{1}>\n{0}", line.prefix, attributes.html()))];
    let prefix = line.prefix;
    match (title, given) {
        (Some(range), _) => parts.extend(title_line(prefix, vec![Part::Kept(range)])),
        (None, Some(title)) => parts.extend(title_line(prefix, vec![made(title)])),
        (None, None) => {}
    }
    ("</div>", parts)
}

/// A title as a paragraph of its own.
pub(super) fn title_line(prefix: &str, title: Vec<Part>) -> Vec<Part> {
    let mut parts = vec![made(format!("\n{prefix}<strong>"))];
    parts.extend(title);
    parts.push(made(format!("</strong>\n{prefix}")));
    parts
}

/// What closes an element; the next line is no part of it.
pub(super) fn close(prefix: &str, tag: &str) -> Vec<Part> {
    vec![made(format!("{prefix}\n{prefix}{tag}\n{prefix}"))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn brought(text: &str) -> String {
        let mut draft = Draft::new(text, FileId(0), 0);
        containers(&mut draft);
        draft.text
    }

    #[test]
    fn openers_are_read_in_the_manners_of_all_tools() {
        let read = |words: &str| {
            let opener = opener(words)?;
            let title = opener.title.and_then(|t| words.get(t)).unwrap_or("").to_owned();
            Some((opener.name, opener.attributes.html(), title))
        };
        let some = |a: &str, b: &str, c: &str| Some((a.to_owned(), b.to_owned(), c.to_owned()));
        assert_eq!(read("::: tip A *title*"), some("tip", "", "A *title*"));
        assert_eq!(read(":::tip[A title]"), some("tip", "", "A title"));
        assert_eq!(read(":::note A {#x}"), some("note", " id=\"x\"", "A"));
        assert_eq!(read("::: {.warning #w} ::::"), some("", " id=\"w\" class=\"warning\"", ""));
        assert_eq!(read(":::{note} T"), some("note", "", "T"));
        assert_eq!(read("::: )"), None);
    }

    #[test]
    fn containers_nest_and_close() {
        let text = ":::: tip T\na\n::: box\nb\n:::\n::::\nc\n";
        let html = "<div class=\"admonition tip\">\n\n<strong>T</strong>\n\na\n<div class=\"box\">\n\n\
                    b\n\n</div>\n\n\n</div>\n\nc\n";
        assert_eq!(brought(text), html);
    }

    #[test]
    fn a_quoted_container_stays_in_its_quotation() {
        let html = "> <div class=\"admonition note\">\n> \n> a\n> \n> </div>\n> \n";
        assert_eq!(brought("> ::: note\n> a\n> :::\n"), html);
    }

    #[test]
    fn containers_in_listings_are_text() {
        let text = "```\n::: tip\n:::\n```\n\n    ::: x\n";
        assert_eq!(brought(text), text);
    }

    #[test]
    fn the_heading_of_a_callout_is_its_title() {
        let brought = brought("::: {.callout-tip}\n## Do *it*\n\na\n:::\n");
        assert!(brought.contains("<strong>Do *it*</strong>"), "{brought}");
        assert!(!brought.contains("##"), "{brought}");
    }
}
