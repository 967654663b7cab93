//! What holds for every manuscript, however odd: no panic, no word lost, and a
//! model that exporters can rely on.

mod support;

use bindery::model::{
    Block, BlockKind, Book, ExternalAddress, Inline, InlineKind, LinkTarget, NodeId, Visitor,
    walk_block, walk_inline,
};
use proptest::prelude::*;
use support::{Folder, Outcome};

fn read(text: &str) -> Outcome {
    Folder::new()
        .with("book.toml", "title = \"T\"\nomit = [\"w3\"]\nfront-matter = \"listed\"\n")
        .with("a.svg", "<svg/>")
        .with("text.md", text)
        .read()
}

/// Checks what the model promises, and collects its words.
struct Check<'b> {
    book: &'b Book,
    words: String,
    last: Option<NodeId>,
    level: u8,
}

impl Check<'_> {
    fn node(&mut self, id: NodeId) {
        assert_ne!(id, NodeId::NONE, "every node is numbered");
        assert!(self.last.is_none_or(|last| last < id), "in reading order");
        self.last = Some(id);
    }

    fn say(&mut self, text: &str) {
        for c in text.chars() {
            assert!(!c.is_control() || c == '\n' || c == '\t', "{c:?}");
            assert!(!('\u{FDD0}'..='\u{FDEF}').contains(&c), "{c:?}");
        }
        self.words.push_str(text);
    }

    fn target(&self, target: &LinkTarget) {
        match target {
            LinkTarget::Written(_) | LinkTarget::Named(_) => panic!("{target:?} is not resolved"),
            LinkTarget::Anchor(id) => assert!(self.book.anchor(*id).is_some()),
            LinkTarget::External(address) => {
                assert_eq!(ExternalAddress::parse(address.as_str()).as_ref(), Ok(address));
            }
        }
    }
}

impl Visitor for Check<'_> {
    fn block(&mut self, block: &Block) {
        self.node(block.id);
        self.words.push(' ');
        match &block.kind {
            BlockKind::Heading { level, .. } => {
                assert!((2..=6).contains(level) && *level <= self.level + 1, "none is skipped");
                self.level = *level;
                assert!(block.attrs.anchor().is_some());
            }
            BlockKind::Figure { images, .. } => {
                assert!(!images.is_empty());
                for image in images {
                    assert!(self.book.image(image.source).is_some());
                }
            }
            BlockKind::Table(table) => {
                for row in table.head.iter().chain(&table.rows) {
                    assert_eq!(row.cells.len(), table.columns.len());
                }
            }
            BlockKind::Code { text, .. } | BlockKind::Math(text) => self.say(text),
            _ => {}
        }
        walk_block(self, block);
    }

    fn inline(&mut self, inline: &Inline) {
        self.node(inline.id);
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(_, text) | InlineKind::Math(text) => {
                self.say(text);
            }
            InlineKind::SoftBreak | InlineKind::HardBreak => self.words.push(' '),
            InlineKind::Link { target, .. } | InlineKind::Ref { target, .. } => {
                self.target(target);
            }
            InlineKind::Note(id) => assert!(self.book.note(*id).is_some()),
            InlineKind::Image(image) => assert!(self.book.image(image.source).is_some()),
            _ => {}
        }
        walk_inline(self, inline);
    }
}

/// Checks that every word stands where its span says.
struct Places<'m>(&'m bindery::manuscript::Manuscript);

impl Visitor for Places<'_> {
    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::Text(text) = &inline.kind {
            let source = self.0.sources.text(inline.span);
            // Words may have come together where a tag between them went.
            let words = text.split(|c: char| !c.is_ascii_alphanumeric());
            for word in words.flat_map(|words| words.split_inclusive('x')) {
                let ours = word.starts_with('w') && word.ends_with('x');
                assert!(!ours || source.contains(word), "`{word}` is not in {source:?}");
            }
        }
        walk_inline(self, inline);
    }
}

/// The words of a book, once all is checked.
fn check(book: &Book) -> String {
    let mut check = Check { book, words: String::new(), last: None, level: 1 };
    for chapter in &book.chapters {
        check.level = 1;
        check.inlines(&chapter.title);
        check.words.push(' ');
        check.inlines(&chapter.subtitle);
        check.blocks(&chapter.blocks);
    }
    for note in &book.notes {
        check.level = 6;
        check.blocks(&note.blocks);
    }
    let mut ids: Vec<&str> = book.anchors.iter().map(|anchor| anchor.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), book.anchors.len(), "ids are unique");
    check.words
}

/// Pieces of Markdown and HTML that lose no words and keep their order.
const KEEPING: &[&str] = &[
    " ",
    " ",
    "\n",
    "\n\n",
    "\n\n",
    "*",
    "**",
    "_",
    " `",
    " ~~",
    "\n> ",
    "\n- ",
    "\n1. ",
    "\n    ",
    "\\",
    "&amp;",
    "&quot;",
    "\"",
    "'",
    "--",
    "---",
    "...",
    "(",
    ")",
    "!",
    "\n---\n",
    "  \n",
    "<em>",
    "</em>",
    "<b>",
    "</b>",
    "<div>",
    "\n<div class=\"x\">\n",
    "\n\n</div>\n\n",
    "<p>",
    "</p>",
    "<blockquote>",
    "</blockquote>",
    "<ul>",
    "<li>",
    "</ul>",
    "<q>",
    "</q>",
    "<font>",
    "</font>",
    "<!-- c -->",
    "<br>",
    "\n\n<div class=\"verse\">\n\n",
    "<sub>",
    "</sub>",
    "^",
    "x~",
    "<a id=\"x\">",
    "</a>",
    "<cite>",
    "</cite>",
    "<span lang=\"fr\">",
    "</span>",
];

/// Pieces that may do anything.
const ANYTHING: &[&str] = &[
    "# ",
    "\n# ",
    "\n## ",
    "\n##### ",
    "|",
    "\n|-|-|\n",
    "```\n",
    "\n~~~ x\n",
    "[",
    "]",
    "](#x)",
    "](text.md)",
    "![",
    "](a.svg)",
    "](gone.svg)",
    "[^1]",
    "\n\n[^1]: ",
    "[x]: y\n",
    "<table>",
    "<tr>",
    "<td colspan=3>",
    "<th rowspan=2>",
    "</table>",
    "<script>",
    "</script>",
    "<figure>",
    "<figcaption>",
    "</figure>",
    "<img src=a.svg>",
    "<dl><dt>",
    "<dd>",
    "<pre>",
    "</pre>",
    "\n: ",
    "$",
    "$$",
    "{#x}",
    "\n> [!NOTE]\n> ",
    "- [ ] ",
    "<svg>",
    "</svg>",
    "<",
    ">",
    "\u{0}",
    "\u{FDD0}",
    "\u{202E}",
    "\r\n",
    "\t",
    "é",
    "漢字",
    "<h1>",
    "</h1>",
    "<details><summary>",
    "<hr>",
    "---\n",
    "+++\n",
    "title: x\n",
    "<div class=\"epigraph\">",
    "— ",
];

fn pieces(from: &'static [&'static str]) -> impl Strategy<Value = Vec<(bool, &'static str)>> {
    prop::collection::vec((any::<bool>(), prop::sample::select(from)), 0..40)
}

/// The pieces with numbered words between them.
fn text(pieces: &[(bool, &str)]) -> (String, Vec<String>) {
    let mut text = String::from("w0x");
    let mut words = vec![String::from("w0x")];
    for (word, piece) in pieces {
        text.push_str(piece);
        if *word {
            let word = format!("w{}x", words.len());
            text.push_str(&word);
            words.push(word);
        }
    }
    (text, words)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_word_is_lost_and_all_stay_in_order(pieces in pieces(KEEPING)) {
        let (text, words) = text(&pieces);
        let outcome = read(&text);
        let manuscript = outcome.manuscript.expect("a book");
        let found = check(&manuscript.book);
        let mut places = Places(&manuscript);
        for chapter in &manuscript.book.chapters {
            places.inlines(&chapter.title);
            places.blocks(&chapter.blocks);
        }
        let mut rest = found.as_str();
        for word in words {
            match rest.split_once(word.as_str()) {
                Some((_, after)) => rest = after,
                None => prop_assert!(false, "`{word}` is lost of {text:?} in {found:?}"),
            }
        }
    }

    #[test]
    fn any_manuscript_becomes_a_sound_model(
        pieces in pieces(KEEPING).prop_flat_map(|kept| {
            (Just(kept), pieces(ANYTHING)).prop_map(|(mut a, b)| { a.extend(b); a }).prop_shuffle()
        }),
    ) {
        let (text, _) = text(&pieces);
        check(&read(&text).manuscript.expect("a book").book);
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let folder = Folder::new().with("book.toml", &bytes).with("one.md", &bytes);
        if let Some(manuscript) = folder.read().manuscript {
            check(&manuscript.book);
        }
    }

    #[test]
    fn any_book_toml_is_read_without_a_panic(
        lines in prop::collection::vec(
            (
                prop::sample::select(vec![
                    "title", "authors", "author", "language", "date", "isbn", "series", "slug",
                    "omit", "cover", "page", "text", "fonts", "theme", "epub", "chapter", "images",
                    "file", "trim", "lines", "size", "lead", "accent", "role", "width", "x",
                ]),
                prop::sample::select(vec![
                    "\"one.md\"", "1", "-1", "99999999999999999999", "true", "2026-01-01", "[]",
                    "[\"a\", 1]", "{}", "{ name = \"x\" }", "[{ file = \"one.md\" }]", "\"", "0x10",
                    "\"../x\"", "\"\"", "'''", "nan", "[", "\"#fff\"", "\"é漢\"",
                ]),
                0..4u8,
            ),
            0..12,
        ),
    ) {
        let mut toml = String::new();
        for (key, value, form) in lines {
            toml.push_str(&match form {
                0 => format!("[{key}]\n"),
                1 => format!("[[{key}]]\n"),
                2 => format!("{key}.{key} = {value}\n"),
                _ => format!("{key} = {value}\n"),
            });
        }
        let folder = Folder::new().with("book.toml", toml).with("one.md", "# One\n\nText.\n");
        check(&folder.read().manuscript.expect("a book").book);
    }
}

#[test]
fn nesting_without_end_is_no_trouble() {
    for text in [
        "> ".repeat(20_000) + "word",
        "<div><b>".repeat(20_000) + "word",
        "- ".repeat(5_000) + "word",
        "*a ".repeat(20_000),
        "[".repeat(20_000) + "word",
        "<script>".repeat(5_000) + "word",
    ] {
        check(&read(&text).manuscript.expect("a book").book);
    }
}
