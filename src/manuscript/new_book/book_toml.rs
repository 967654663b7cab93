//! The first `book.toml` of a new book: what was found in its files, and what
//! else can be said, as comments.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::NewBook;
use super::placement::Placement;
use super::source_file::InputFile;
use crate::manuscript::chapter::{
    Structure, comparable_heading, is_list_of_links, is_whole_book, sections_with,
};
use crate::manuscript::layouts::role_of;
use crate::model::{
    Block, BlockKind, Inline, InlineKind, LinkTarget, Visitor, plain_text, walk_block, walk_inline,
};

/// The text of `book.toml`.
pub(super) fn write(
    request: &NewBook,
    title: &str,
    inputs: &[InputFile],
    placement: &Placement,
) -> String {
    let series = Series::of(inputs);
    let mut out = String::new();
    head(&mut out, request, title, inputs);
    series.omit(&mut out);
    look(&mut out);
    chapters(&mut out, inputs, placement, &series);
    pictures(&mut out, inputs, placement);
    out
}

fn head(out: &mut String, request: &NewBook, title: &str, inputs: &[InputFile]) {
    out.push_str(
        "# The book. Lines that begin with `#` are suggestions: remove the `#` to use them.\n\n",
    );
    line(out, "title", title);
    match &request.subtitle {
        Some(subtitle) => line(out, "subtitle", subtitle),
        None => out.push_str("# subtitle = \"\"\n"),
    }
    let mut authors: Vec<&str> = request.author.iter().map(String::as_str).collect();
    if authors.is_empty() {
        for name in inputs.iter().flat_map(|input| &input.front.authors) {
            if !authors.contains(&name.as_str()) {
                authors.push(name);
            }
        }
    }
    if authors.is_empty() {
        out.push_str("# authors = [\"\"]\n");
    } else {
        let names: Vec<String> = authors.into_iter().map(quoted).collect();
        let _ = writeln!(out, "authors = [{}]", names.join(", "));
    }
    let found = inputs.iter().find_map(|input| input.front.lang.as_ref());
    let language = request.language.as_deref().or(found.map(|lang| lang.tag())).unwrap_or("en");
    line(out, "language", language);
    out.push_str(
        "# publisher = \"\"\n\
         # date = \"2026\"\n\
         # isbn = \"\"                 # without one, an identifier is derived from the title\n\
         # description = \"\"\n\
         # subjects = []\n\
         # rights = \"\"\n",
    );
}

/// The keys of the look, with what they are by default.
fn look(out: &mut String) {
    out.push_str(
        "\n[cover]\n\
         art = \"plain\"              # or \"tap\", or `file = \"cover.svg\"`\n\
         # alt = \"\"                 # a description of the cover for readers who can't see it\n\
         \n# [page]\n\
         # trim = \"6x9in\"\n\
         # measure = \"4.25in\"\n\
         # lines = 37\n\
         \n# [text]\n\
         # size = \"11pt\"\n\
         # leading = \"14pt\"\n\
         # lead = \"drop-cap\"        # or \"small-caps\", \"plain\"\n\
         # hyphenation = []         # such as [\"type-set-ting\"]\n\
         \n# [theme]\n\
         # chapter-label = \"Essay\"\n\
         # accent = \"#C8452B\"\n",
    );
}

fn chapters(out: &mut String, inputs: &[InputFile], placement: &Placement, series: &Series) {
    out.push_str("\n# The chapters in order. Titles are taken from the files unless given here.\n");
    for (index, (input, path)) in inputs.iter().zip(&placement.inputs).enumerate() {
        out.push_str("\n[[chapter]]\n");
        line(out, "file", path);
        if let Some(role) = role_of(path) {
            line(out, "role", role.name());
        }
        let Structure { title, blocks, first_level, .. } = &input.structure;
        if inputs.len() == 1 && is_whole_book(title, blocks, first_level) {
            out.push_str("split = true  # each `#` heading begins a chapter\n");
        }
        comment(out, "title", &input.title);
        let written = plain_text(&input.structure.subtitle);
        let front = input.front.subtitle.as_ref().map(|s| s.value.as_str());
        let subtitle = if written.is_empty() { front.unwrap_or("") } else { &written };
        comment(out, "subtitle", subtitle);
        let pictures = placement.pictures.get(index);
        let opener = input.opener.as_ref().and_then(|place| pictures?.get(place));
        comment(out, "opener", opener.map_or("", String::as_str));
        match input.front.canonical.as_deref().or(series.address(&input.title)) {
            Some(url) => line(out, "canonical", url),
            None => {
                out.push_str("# canonical = \"https://…\"  # where it was published: links to it stay in the book\n");
            }
        }
    }
}

fn pictures(out: &mut String, inputs: &[InputFile], placement: &Placement) {
    let mut bare: BTreeSet<&str> = BTreeSet::new();
    for (input, paths) in inputs.iter().zip(&placement.pictures) {
        let without = input.pictures.iter().filter(|(_, has_alt)| !**has_alt);
        bare.extend(without.filter_map(|(place, _)| paths.get(place)).map(String::as_str));
    }
    if bare.is_empty() {
        return;
    }
    out.push_str(
        "\n# Pictures without alternative text: describe them for readers who can't see them.\n\
         # If a picture adds nothing to the text, write `decorative = true`.\n",
    );
    for path in bare {
        let _ = write!(out, "\n# [images.{}]\n# alt = \"\"\n", quoted(path));
    }
}

/// The lists of links by which the essays of a series name each other.
struct Series {
    /// The headings of those lists.
    headings: Vec<String>,
    /// How many sections have one of them, all files together.
    sections: usize,
    /// How many words stand in those sections, with their headings.
    words: usize,
    /// The words of the links in them, made comparable, with their addresses.
    links: BTreeMap<String, String>,
}

impl Series {
    /// A heading over a list of links is one of them if it stands there twice,
    /// in one file or in several, or if the links are named like the files.
    fn of(inputs: &[InputFile]) -> Self {
        let titles: Vec<String> =
            inputs.iter().map(|input| comparable_heading(&input.title)).collect();
        let mut found: BTreeMap<String, (String, usize, bool)> = BTreeMap::new();
        let mut links = BTreeMap::new();
        for input in inputs {
            for (heading, list) in lists_of_links(&input.structure.blocks) {
                let here = links_in(list);
                let named = titles.iter().any(|t| here.iter().any(|(words, _)| says(words, t)));
                let entry =
                    found.entry(comparable_heading(&heading)).or_insert((heading, 0, false));
                entry.1 += 1;
                entry.2 |= named;
                links.extend(here);
            }
        }
        let mut headings: Vec<(String, usize, bool)> = found.into_values().collect();
        headings.retain(|(_, times, named)| *times > 1 || *named);
        let headings: Vec<String> = headings.into_iter().map(|(heading, ..)| heading).collect();
        let omit: Vec<String> = headings.iter().map(|h| comparable_heading(h)).collect();
        let (mut sections, mut words) = (0, 0);
        for input in inputs {
            let section = sections_with(&input.structure.blocks, &omit);
            sections += section.len();
            words += section.into_iter().map(word_count).sum::<usize>();
        }
        Self { headings, sections, words, links }
    }

    /// The address of an input, if one link alone is named like it.
    fn address(&self, title: &str) -> Option<&str> {
        let title = comparable_heading(title);
        let mut found: Vec<&String> = self
            .links
            .iter()
            .filter(|(words, _)| says(words, &title))
            .map(|(_, url)| url)
            .collect();
        found.dedup();
        match found.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }

    fn omit(&self, out: &mut String) {
        if self.headings.is_empty() {
            out.push_str(
                "# omit = []                # headings of sections to leave out everywhere\n",
            );
            return;
        }
        let names: Vec<String> = self.headings.iter().map(|h| quoted(h)).collect();
        let sections = count(self.sections, "section");
        let words = count(self.words, "word");
        let _ = writeln!(
            out,
            "# Lists of links between the files. To leave these {sections} out, {words}:\n\
             # omit = [{}]",
            names.join(", ")
        );
    }
}

/// Whether a link's words name a title: they are it, or end with it after the
/// name of the series.
fn says(words: &str, title: &str) -> bool {
    let rest = words.strip_suffix(title);
    !title.is_empty()
        && rest
            .is_some_and(|rest| rest.is_empty() || rest.trim_end().ends_with([':', '–', '—', '-']))
}

/// The headings that a list of links follows.
fn lists_of_links(blocks: &[Block]) -> impl Iterator<Item = (String, &Block)> {
    blocks.windows(2).filter_map(|pair| match pair {
        [Block { kind: BlockKind::Heading { content, .. }, .. }, list]
            if matches!(list.kind, BlockKind::List(_)) && is_list_of_links(list) =>
        {
            Some((plain_text(content), list))
        }
        _ => None,
    })
}

/// The links in a block, by their words.
fn links_in(block: &Block) -> BTreeMap<String, String> {
    struct Links(BTreeMap<String, String>);
    impl Visitor for Links {
        fn inline(&mut self, inline: &Inline) {
            if let InlineKind::Link { target: LinkTarget::Written(url), content, .. } = &inline.kind
                && url.starts_with("http")
            {
                self.0.insert(comparable_heading(&plain_text(content)), url.clone());
            }
            walk_inline(self, inline);
        }
    }
    let mut links = Links(BTreeMap::new());
    links.block(block);
    links.0
}

/// The number of words in some blocks.
fn word_count(blocks: &[Block]) -> usize {
    struct Words(usize);
    impl Visitor for Words {
        fn block(&mut self, block: &Block) {
            if let BlockKind::Code { text, .. } = &block.kind {
                self.0 += text.split_whitespace().count();
            }
            walk_block(self, block);
        }

        fn inlines(&mut self, inlines: &[Inline]) {
            self.0 += plain_text(inlines).split_whitespace().count();
        }
    }
    let mut words = Words(0);
    words.blocks(blocks);
    words.0
}

fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

fn line(out: &mut String, key: &str, value: &str) {
    let _ = writeln!(out, "{key} = {}", quoted(value));
}

/// What was found in a file already, as a comment.
fn comment(out: &mut String, key: &str, value: &str) {
    if !value.is_empty() {
        let _ = writeln!(out, "# {key} = {}", quoted(value));
    }
}

/// A basic string of TOML (version 1.0, section "String").
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_quoted_as_toml_has_them() {
        let text = "a \"b\" \\ c\n\u{7}";
        let whole = format!("x = {}", quoted(text));
        let table: toml::Table = whole.parse().expect("TOML");
        assert_eq!(table.get("x").and_then(|x| x.as_str()), Some(text));
    }

    #[test]
    fn a_link_names_an_essay_with_or_without_the_series() {
        assert!(says("when it ends", "when it ends"));
        assert!(says("abundance: when it ends", "when it ends"));
        assert!(!says("not when it ends", "when it ends"));
        assert!(!says("anything", ""));
    }
}
