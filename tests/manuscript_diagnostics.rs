//! Every fault of a manuscript is said once, with its place and what to do.

mod support;

use bindery::diag::{Code, Severity};
use bindery::model::{ImageContent, Placement};
use support::Folder;

const PICTURE: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>";

/// A sound book of one chapter, its text given.
fn chapter(text: &str) -> Folder {
    Folder::new()
        .with("book.toml", "title = \"T\"\n[[chapter]]\nfile = \"one.md\"\n")
        .with("one.md", text)
        .with("images/tower.svg", PICTURE)
}

/// A book of one sound chapter, its `book.toml` given.
fn book(toml: &str) -> Folder {
    Folder::new().with("book.toml", toml).with("one.md", "# One\n\nText.\n")
}

#[track_caller]
fn reports(folder: &Folder, wanted: &str) {
    let wanted = wanted.trim_matches('\n');
    assert_eq!(folder.read().report().trim_end(), wanted);
}

#[test]
fn a_sound_book_has_no_findings() {
    reports(&chapter("# One\n\nText with [a link](#two).\n\n## Two\n\nMore.\n"), "");
}

#[test]
fn no_book() {
    reports(
        &Folder::new(),
        "
no-book: there is no book.toml in this folder
  Make one, or let `bindery new` make a book out of your files.",
    );
}

#[test]
fn bad_toml_all_of_it_in_one_run() {
    reports(
        &book("title = \"T\nlanguage = \"en\"\n[page\n"),
        "
book.toml:1:11: bad-toml: this is not TOML: invalid basic string, expected `\"`
book.toml:3:6: bad-toml: this is not TOML: unclosed table, expected `]`",
    );
}

#[test]
fn what_other_formats_write_gets_told_how_toml_has_it() {
    for (toml, line) in [
        ("title = T\n", "  Put text in quotation marks: `title = \"T\"`."),
        ("title: T\n", "  Write `=` between a key and its value: `title = \"T\"`."),
        ("title = \"T\"\nlang = \"en\"\n", "  Did you mean `language`?"),
        (
            "title = \"T\"\ncover = \"x.jpg\"\n",
            "  Write `[cover]` on a line of its own and its keys on the lines below it.",
        ),
        (
            "title = \"T\"\n[text]\nsize = 11\n",
            "  Put it in quotation marks; a length has its unit there, such as `\"11pt\"`.",
        ),
        (
            "title = \"T\"\nlanguage = \"english\"\n",
            "  Write a BCP 47 tag, such as `en`, `de` or `pt-BR`.",
        ),
    ] {
        let found = book(toml).read().diagnostics;
        let hints: Vec<_> = found.iter().flat_map(|found| &found.hints).collect();
        assert!(hints.iter().any(|hint| **hint == line.trim()), "{toml}: {hints:?}");
    }
}

#[test]
fn bad_toml_wrong_types() {
    let toml = "title = 7\nauthors = 3\n[page]\nlines = \"many\"\n[epub]\nembed-fonts = 1\n\
                [images]\n\"a.svg\" = \"b\"\n[[chapter]]\ntitle = \"No file\"\n\
                [series]\nposition = 1\n";
    reports(
        &book(toml),
        "
book.toml:1:9: bad-toml: `title` must be a string, not a number
  Put it in quotation marks; a length has its unit there, such as `\"11pt\"`.
book.toml:2:11: bad-toml: `authors` must be a list of strings, not a number
book.toml:11:1: bad-toml: `series` without a `name`
  Write `name = \"…\"`.
book.toml:6:15: bad-toml: `embed-fonts` must be true or false, not a number
book.toml:4:9: bad-toml: `lines` must be a whole number, not a string
book.toml:9:1: bad-toml: a chapter of role `chapter` needs a `file`
  Write `file = \"….md\"`.
book.toml:8:11: bad-toml: `a.svg` must be a table, not a string",
    );
}

#[test]
fn unknown_keys_name_the_nearest() {
    let toml = "titel = \"T\"\ntitle = \"T\"\nwhatever = 1\n[page]\ntirm = \"6x9in\"\n\
                [[author]]\nnmae = \"A\"\nname = \"A\"\n[[chapter]]\nfile = \"one.md\"\n\
                subtitel = \"x\"\n[images.\"one.md\"]\nalternative = \"x\"\n";
    reports(
        &book(toml),
        "
book.toml:1:1: unknown-key: unknown key `titel`
  Did you mean `title`?
book.toml:3:1: unknown-key: unknown key `whatever`
  Known here: `title`, `subtitle`, `authors`, `author`, `language`, `publisher`, `date`, \
`identifier`, `isbn`, `description`, `subjects`, `rights`, `series`, `slug`, `certified-by`, \
`direction`, `accessibility-exemption`, `omit`, `front-matter`, `dead-links`, `remote-images`, `lints`, `cover`, `page`, \
`text`, `fonts`, `theme`, `epub`, `bibliography`, `numbering`, `chapter`, `images`.
book.toml:7:1: unknown-key: unknown key `nmae` in `author`
  Did you mean `name`?
book.toml:5:1: unknown-key: unknown key `tirm` in `page`
  Did you mean `trim`?
book.toml:11:1: unknown-key: unknown key `subtitel` in `chapter`
  Did you mean `subtitle`?
book.toml:13:1: unknown-key: unknown key `alternative` in `images`
  Known here: `alt`, `decorative`, `caption`, `width`.",
    );
}

#[test]
fn bad_values_unknown_exemptions() {
    reports(
        &book("title = \"T\"\naccessibility-exemption = \"eaa-microenterprises\"\n"),
        "
book.toml:2:27: bad-value: `accessibility-exemption` can't be `eaa-microenterprises`
  Did you mean `eaa-microenterprise`?",
    );
}

#[test]
fn bad_values() {
    let toml = "title = \"T\"\nlanguage = \"english please\"\ndate = \"soon\"\n\
                isbn = \"978-3-16-148410-1\"\nslug = \"My Book\"\nfront-matter = \"lsited\"\n\
                [cover]\nart = \"tab\"\n[page]\ntrim = \"big\"\nmeasure = \"4\"\nlines = 0\n\
                [text]\nlead = \"initial\"\nhyphenation = [\"a--b\"]\n[theme]\naccent = \"red\"\n\
                [[chapter]]\nfile = \"one.md\"\nrole = \"chaptr\"\n[[chapter]]\nfile = \"one.md\"\n\
                [images.\"one.md\"]\nwidth = 101\nalt = \"x\"\ndecorative = true\n";
    reports(
        &book(toml),
        "
book.toml:2:12: bad-value: `english please` is not a language tag
  Write a BCP 47 tag, such as `en`, `de` or `pt-BR`.
book.toml:3:8: bad-value: `soon` is not a date
  Write a year, a month or a day: `2026`, `2026-11` or `2026-11-22`.
book.toml:4:8: bad-value: `978-3-16-148410-1` is not an ISBN: its check digit doesn't fit
  Write 10 or 13 digits, with or without hyphens.
book.toml:5:8: bad-value: `slug` can't be `My Book`: the output files are named after it
  Write lower-case letters, digits and hyphens, such as `my-book`.
book.toml:8:7: bad-value: there is no built-in cover `tab`
  Did you mean `tap`?
book.toml:6:16: bad-value: `front-matter` can't be `lsited`
  Did you mean `listed`?
book.toml:10:8: bad-value: `big` is not a page size
  Write `6x9in`, `148x210mm`, or one of `a4`, `a5`, `b5`, `digest`, `royal`, `letter`.
book.toml:11:11: bad-value: `measure`: `4` is not a length; write a number with pt, mm, cm or in, \
such as `11pt`
book.toml:14:8: bad-value: `lead` can't be `initial`
  Write one of `drop-cap`, `small-caps`, `plain`.
book.toml:15:16: bad-value: `a--b` is not a word with hyphens
  Write the word with `-` where it may break, such as `type-set-ting`.
book.toml:12:9: bad-value: a page of this size can't have 0 lines
  Write a number from 1 to 40.
book.toml:17:10: bad-value: `red` is not a colour
  Write red, green and blue in hexadecimal, such as `#C8452B`.
book.toml:20:8: bad-value: `role` can't be `chaptr`
  Did you mean `chapter`?
book.toml:25:7: bad-value: a decorative picture has no alternative text
  Keep either `alt` or `decorative`.
book.toml:24:9: bad-value: a picture can't be 101 percent wide
  Write a percentage of the measure, from 1 to 100.
book.toml:22:8: bad-value: `one.md` is a chapter already
  List each file once.",
    );
}

#[test]
fn no_chapter() {
    let toml = "title = \"T\"\n[[chapter]]\nfile = \"on.md\"\n[[chapter]]\nfile = \"../x.md\"\n";
    reports(
        &book(toml),
        "
book.toml:3:8: no-chapter: there is no chapter `on.md`
  Did you mean `one.md`?
book.toml:5:8: no-chapter: the chapter `../x.md` is outside the book's folder
  Copy it into the book's folder and use the path of the copy.",
    );
    reports(
        &Folder::new().with("book.toml", "title = \"T\"\n"),
        "
book.toml:1:1: no-chapter: the book has no chapters
  List them as `[[chapter]]` with a `file` each, or put .md files into the folder.",
    );
}

#[test]
fn not_utf8() {
    let folder = chapter("").with("one.md", b"# One\n\nCaf\xE9.\n");
    reports(
        &folder,
        "
one.md:3:4: not-utf8: `one.md` is not in UTF-8
  Save it as UTF-8 in your editor.",
    );
    let folder = chapter("").with("book.toml", b"title = \"Caf\xE9\"\n");
    assert!(folder.read().manuscript.is_none());
    assert!(folder.read().report().contains("not-utf8: `book.toml` is not in UTF-8"));
}

#[test]
fn bad_front_matter() {
    reports(
        &chapter("---\ntitle: One\nlang: x y\nthis is nothing\n---\n\nText.\n"),
        "
one.md:4:1: bad-front-matter: the front matter is not YAML: this is not `key: value`
  Quote a value that contains special characters, and indent continuation lines.
one.md:3:7: bad-front-matter: `x y` is not a language tag
  Write a BCP 47 tag, such as `en`, `de` or `pt-BR`.",
    );
    let toml = chapter("+++\ntitle = One\n+++\n\nText.\n").read();
    let line = toml.report();
    assert!(
        line.starts_with("one.md:2:9: bad-front-matter: the front matter is not TOML"),
        "{line}"
    );
}

#[test]
fn no_picture() {
    reports(
        &chapter("# One\n\n![A tower](images/towr.svg)\n\nAn ![x](x.jpg) in a line.\n"),
        "
one.md:3:1: no-picture: there is no picture `images/towr.svg`
  Did you mean `images/tower.svg`?
one.md:5:4: no-picture: there is no picture `x.jpg`
  Paths are relative to the file that contains them.",
    );
    let toml = "title = \"T\"\n[cover]\nfile = \"c.svg\"\n[[chapter]]\nfile = \"one.md\"\n\
                opener = \"o.svg\"\n[images.\"i.svg\"]\nalt = \"x\"\n";
    reports(
        &book(toml),
        "
book.toml:7:9: no-picture: there is no picture `i.svg`
  Paths are relative to the book's folder.
book.toml:6:10: no-picture: there is no picture `o.svg`
  Paths are relative to the file that contains them.
book.toml:3:8: no-picture: there is no picture `c.svg`
  Paths are relative to the book's folder.",
    );
}

#[test]
fn outside_folder() {
    let folder = chapter("# One\n\n![a](../a.svg)\n\n![b](/etc/hostname)\n\n![c](link.svg)\n");
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/hostname", folder.path().join("link.svg")).expect("a link");
    reports(
        &folder,
        "
one.md:3:1: outside-folder: the picture `../a.svg` is outside the book's folder
  Copy it into the book's folder and use the path of the copy.
one.md:5:1: outside-folder: the picture `/etc/hostname` is outside the book's folder
  Copy it into the book's folder and use the path of the copy.
one.md:7:1: outside-folder: the picture `link.svg` is outside the book's folder
  Copy it into the book's folder and use the path of the copy.",
    );
}

#[test]
fn remote_picture() {
    reports(
        &chapter("# One\n\n![a](https://example.org/a.jpg)\n"),
        "
one.md:3:1: remote-picture: the picture `https://example.org/a.jpg` is not in the book's folder
  bindery doesn't download anything and shows a link instead. To show the picture, save it in \
         the book's folder and use that path.",
    );
}

#[test]
fn remote_pictures_become_links() {
    let text = "# One\n\nText [![badge](https://example.org/b.svg)](https://example.org) and \
                ![a](https://example.org/a.jpg).\n\n![](https://example.org/c.jpg)\n";
    let folder = Folder::new()
        .with("book.toml", "title = \"T\"\nremote-images = \"link\"\n")
        .with("one.md", text);
    let outcome = folder.read();
    assert_eq!(outcome.report(), "");
    let dump = bindery::model::dump(&outcome.manuscript.expect("a book").book);
    assert!(dump.contains("link <https://example.org>(\"badge\")"), "{dump}");
    assert!(dump.contains("link <https://example.org/a.jpg>(\"a\")"), "{dump}");
    let whole = "link <https://example.org/c.jpg>(\"https://example.org/c.jpg\")";
    assert!(dump.contains(whole), "{dump}");
}

#[test]
fn the_words_of_a_dead_link_stay() {
    let outcome = chapter("# One\n\nSee [the end](end.md).\n").read();
    assert!(!outcome.diagnostics.has_errors());
    let codes: Vec<Code> = outcome.diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, [Code::DeadLink]);
    let dump = bindery::model::dump(&outcome.manuscript.expect("a book").book);
    assert!(dump.contains("\"See \" span(\"the end\") \".\""), "{dump}");
}

#[test]
fn pictures_in_the_text_are_read() {
    let svg = "<svg width='4' height='2'><title>A bar</title><path d='M0 0h4'/></svg>";
    let text = format!(
        "# One\n\nWords.\n\n![dot](data:image/png;base64,iVBORw0KGgo=)\n\n{svg}\n\n\
         ![none](data:image/png;base64,*)\n\n<svg width=4><path></svg>\n"
    );
    let outcome = chapter(&text).read();
    let wanted = "
one.md:9:1: bad-picture: the picture in this `data:` address is broken: it is not in Base64
  Save it as a file and use its path here.
one.md:11:1: dropped-html: this drawing was dropped: it isn't well-formed XML
  Save it as an .svg file and include it as a picture.";
    let mut lines: Vec<String> = outcome.diagnostics.iter().map(|d| outcome.line(d)).collect();
    lines.sort_by_key(|line| line.split(':').nth(1).and_then(|n| n.parse::<u32>().ok()));
    assert_eq!(lines.join("\n"), wanted.trim_start());
    let book = outcome.manuscript.expect("a book").book;
    let data: Vec<_> = (book.images.iter())
        .map(|image| match &image.content {
            ImageContent::Embedded(data) => Some(data.as_ref()),
            ImageContent::File | ImageContent::Missing => None,
        })
        .collect();
    let svg = svg.replace("<svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"");
    let (png, svg) = (b"\x89PNG\r\n\x1a\n".as_slice(), svg.as_bytes());
    assert_eq!(data, [Some(png), Some(svg), None], "the last is broken");
    assert!(bindery::model::dump(&book).contains("alt=\"A bar\""));
}

#[test]
fn a_path_from_the_root_is_seen_from_the_books_folder() {
    reports(&chapter("# One\n\nWords.\n\n![a tower](/images/tower.svg)\n"), "");
}

#[test]
fn dead_links() {
    let text = "# One\n\n[a](#tow) [b](onne.md) [c](one.md#three) [d]()\n\n## Two\n";
    reports(
        &chapter(text),
        "
one.md:3:11: dead-link: the book has no chapter `onne.md`
  Did you mean `one.md`?
one.md:3:42: dead-link: this link leads nowhere
  Link to the file of a chapter, to `#id`, or to a full URL with `https://`.
one.md:3:1: dead-link: there is no `#tow` in this book
  Did you mean `#two`?
one.md:3:24: dead-link: there is no `#three` in that chapter
  Give the target an id: `## Heading {#id}`.",
    );
}

#[test]
fn dead_references() {
    let text = "# One\n\nSee {ref #tow number}, {ref onne.md} and\n{ref one.md#three page}.\n\n\
                ## Two\n";
    reports(
        &chapter(text),
        "
one.md:3:24: dead-link: the book has no chapter `onne.md`
  Did you mean `one.md`?
one.md:3:5: dead-link: there is no `#tow` in this book
  Did you mean `#two`?
one.md:4:1: dead-link: there is no `#three` in that chapter
  Give the target an id: `## Heading {#id}`.",
    );
}

#[test]
fn index_marks_that_do_not_fit() {
    let text = "# One\n\nOf tides{index-begin: tide} and bells{index-end: bell}\n\
                and lamps{index: lamp; see: tides}.\n";
    let toml = "title = \"T\"\n[[chapter]]\nfile = \"one.md\"\n\
                [[chapter]]\nrole = \"index\"\n";
    reports(
        &chapter(text).with("book.toml", toml),
        "
one.md:3:38: index-mark: no range of `bell` is open here
  Write `{index-begin: bell}` where the text about it begins.
one.md:3:9: index-mark: nothing ends the range of `tide` in the index
  Write `{index-end: tide}` where the text about it ends.
one.md:4:10: index-mark: the index has no term `tides`
  Did you mean `tide`?",
    );
}

#[test]
fn an_index_that_is_missing() {
    reports(
        &chapter("# One\n\nOf tides{index: tide} and bells{index: bell}.\n"),
        "
one.md:3:9: index-mark: the book has index entries, but no index
  Add `[[chapter]]` with `role = \"index\"` to book.toml, or remove the index entries.",
    );
}

#[test]
fn bad_numbering() {
    reports(
        &book("title = \"T\"\n[numbering]\nsections = 9\nfigure = true\n"),
        "
book.toml:4:1: unknown-key: unknown key `figure` in `numbering`
  Did you mean `figures`?
book.toml:3:12: bad-value: can't number 9 levels of headings
  Write how many levels of headings are numbered, from 0 to 5.",
    );
}

#[test]
fn no_note() {
    reports(
        &chapter("# One\n\nA mark[^x] and an escaped \\[^y], `[^z]`.\n"),
        "
one.md:3:7: no-note: there is no footnote `x` in this file
  Add it in its own paragraph: `[^x]: …`.",
    );
}

#[test]
fn duplicate_ids() {
    let text = "# One\n\n## A {#same}\n\n## B {#same}\n\nX[^n].\n\n[^n]: One.\n\n[^n]: Two.\n";
    reports(
        &chapter(text),
        "
one.md:11:1: duplicate-note: there are two footnotes `n`
  Rename one of them.
one.md:5:1: duplicate-id: this chapter has two ids `same`
  Change one of the two ids.",
    );
}

#[test]
fn the_same_id_in_two_chapters_is_made_unique() {
    let toml = "title = \"T\"\n[[chapter]]\nfile = \"one.md\"\n[[chapter]]\nfile = \"two.md\"\n";
    let folder = book(toml)
        .with("one.md", "# One\n\n## A {#a}\n\n[x](two.md#a) [y](#a)\n")
        .with("two.md", "# Two\n\n## A {#a}\n\n[x](one.md#a) [y](#a)\n");
    let outcome = folder.read();
    assert_eq!(outcome.report(), "");
    let dump = bindery::model::dump(&outcome.manuscript.expect("a book").book);
    assert!(dump.contains("paragraph link #two-a(\"x\") \" \" link #a(\"y\")"), "{dump}");
    assert!(dump.contains("paragraph link #a(\"x\") \" \" link #two-a(\"y\")"), "{dump}");
}

#[test]
fn unused_note() {
    let folder = chapter("# One\n\nText.\n\n[^x]: Nobody asks.\n");
    reports(
        &folder,
        "
one.md:5:1: unused-note: nothing refers to the footnote `x`
  Put `[^x]` where it belongs, or remove the footnote.",
    );
    assert!(!folder.read().diagnostics.has_errors());
}

#[test]
fn skipped_level() {
    reports(
        &chapter("# One\n\n## Two\n\n#### Four\n\n#### Four again\n"),
        "
one.md:5:1: skipped-level: a heading of level 4 follows one of level 2
  It was treated as level 3; write ### instead of ####.",
    );
}

#[test]
fn no_alt_text() {
    reports(
        &chapter("# One\n\n![](images/tower.svg)\n"),
        "
one.md:3:1: no-alt-text: the picture `images/tower.svg` has no alternative text
  Describe the picture: `![A tower on its top](…)`.
  Or set `alt` under `[images.\"images/tower.svg\"]` in book.toml, or `decorative = true`.",
    );
    let toml = "title = \"T\"\n[[chapter]]\nfile = \"one.md\"\n\
                [images.\"images/tower.svg\"]\nalt = \"A tower\"\n";
    reports(&chapter("# One\n\n![](images/tower.svg)\n").with("book.toml", toml), "");
}

#[test]
fn dropped_html() {
    reports(
        &chapter("# One\n\nA <blink>word</blink> and <script>no</script>[x](javascript:y).\n"),
        "
one.md:3:3: dropped-html: the tags of `<blink>` were ignored: they have no meaning in a book
  The text in it is kept.
one.md:3:27: dropped-html: `<script>` was dropped with its content
  It isn't text, and a book can't run it.
one.md:3:46: dead-link: `javascript:y` can't be a link: links to `javascript:` are not allowed in a book
  The text of the link is kept.",
    );
}

#[test]
fn links_that_could_run_or_open_something_are_words() {
    let schemes = ["ms-msdt", "search-ms", "smb", "jar", "file", "data", "VBScript"];
    for scheme in schemes {
        let text = format!("# One\n\nA [word]({scheme}:x) and <a href=\"{scheme}:x\">two</a>.\n");
        let outcome = chapter(&text).read();
        let codes: Vec<&str> = outcome.diagnostics.iter().map(|d| d.code.slug()).collect();
        assert_eq!(codes, ["dead-link", "dead-link"], "{scheme}");
        let book = outcome.manuscript.expect("a manuscript").book;
        let dump = bindery::model::dump(&book);
        assert!(!dump.contains("link") && dump.contains("two"), "{dump}");
    }
}

#[test]
fn hosts_and_ports_that_are_none_are_words() {
    reports(
        &chapter("# One\n\n[a](https://example.org:99999/) and [b](https://a..b/).\n"),
        "
one.md:3:1: dead-link: `https://example.org:99999/` can't be a link: it is not a valid address: invalid port number
  The text of the link is kept.
one.md:3:37: dead-link: `https://a..b/` can't be a link: it is not a valid address: the name of the host is not one
  The text of the link is kept.",
    );
}

#[test]
fn films_become_links_and_formulas_letters() {
    let text = "# One\n\n<video title=\"A film\"><source src=\"https://example.org/f.mp4\">no\
                </video>\n\nIf <math><msup><mi>x</mi><mn>2</mn></msup></math> or \
                <math><semantics><mi>y</mi><annotation encoding=\"application/x-tex\">\\alpha\
                </annotation></semantics></math>.\n";
    let outcome = chapter(text).read();
    let wanted = "
one.md:3:1: dropped-html: `<video>` became a link to its source
  A book can't play it.
one.md:5:4: dropped-html: this formula is shown as plain text
  Write it in TeX: `$…$`.
";
    assert_eq!(outcome.report(), wanted.trim_start());
    let dump = bindery::model::dump(&outcome.manuscript.expect("a book").book);
    assert!(dump.contains("paragraph link <https://example.org/f.mp4>(\"A film\")"), "{dump}");
    assert!(dump.contains("\"If x\" sup(\"2\") \" or \" math(\"\\\\alpha\")"), "{dump}");
}

#[test]
fn what_is_never_closed_takes_nothing_with_it() {
    for (open, name) in [
        ("<video src=\"a.mp4\">", "<video>"),
        ("<audio controls>", "<audio>"),
        ("<object data=\"a.swf\">", "<object>"),
        ("<svg width=\"20\">", "<svg>"),
        ("<math>", "<math>"),
        ("<template>", "<template>"),
        ("words <script>", "<script>"),
        ("<script>", "<script>"),
        ("<pre>", "<pre>"),
        ("<!-- a note", "<!--"),
    ] {
        for close in ["", "</video></audio></object></svg></math></template>"] {
            let text = format!("# One\n\n{open}\n\nBetween.\n\n## Two\n\n{close}\n\nAfter.\n");
            let outcome = chapter(&text).read();
            let said = format!("one.md:3:{}: dropped-html: `{name}` is never closed", {
                open.find('<').map_or(0, |at| at + 1)
            });
            assert!(outcome.report().contains(&said), "{text}: {}", outcome.report());
            let dump = bindery::model::dump(&outcome.manuscript.expect("a book").book);
            for words in ["Between.", "Two", "After."] {
                assert!(dump.contains(words), "{text}: {dump}");
            }
        }
    }
}

#[test]
fn nothing_omitted() {
    let toml = "title = \"T\"\nomit = [\"Series\", \"Two\"]\n[[chapter]]\nfile = \"one.md\"\n\
                omit = [\"Here\"]\n";
    reports(
        &chapter("# One\n\nText.\n\n## Two\n\nMore.\n").with("book.toml", toml),
        "
book.toml:5:9: nothing-omitted: this chapter has no section with the heading `Here`
  Write the text of the heading without markup.
book.toml:2:9: nothing-omitted: the book has no section with the heading `Series`
  Write the text of the heading without markup.",
    );
}

#[test]
fn what_is_omitted_is_not_complained_of() {
    let toml = "title = \"T\"\nomit = [\"Series\"]\n[[chapter]]\nfile = \"one.md\"\n";
    let text =
        "# One\n\nText.\n\n#### Series\n\n![](gone.jpg) [x](gone.md) <blink>y</blink> [^n]\n";
    reports(&chapter(text).with("book.toml", toml), "");
}

#[test]
fn warnings_do_not_stop_the_build_and_errors_do() {
    for code in Code::ALL {
        let stops = code.severity() == Severity::Error;
        let warned = [
            Code::MissingGlyph,
            Code::BadFrontMatter,
            Code::NoPicture,
            Code::BadPicture,
            Code::OutsideFolder,
            Code::RemotePicture,
            Code::DeadLink,
            Code::NoNote,
            Code::DuplicateId,
            Code::BadFont,
            Code::UnusedNote,
            Code::SkippedLevel,
            Code::NoAltText,
            Code::DroppedHtml,
            Code::NothingOmitted,
            Code::OverfullLine,
            Code::CoarsePicture,
            Code::IndexMark,
            Code::TableCell,
            Code::BadWorkField,
            Code::BadFormula,
            Code::NoTitle,
            Code::ChapterLeftOut,
            Code::UnknownPreprocessor,
            Code::BadInclude,
            Code::LeftOver,
            Code::OverLimit,
            Code::BadStyleSheet,
        ];
        assert_eq!(stops, !warned.contains(code), "{}", code.slug());
    }
}

#[test]
fn a_missing_picture_stays_in_the_model_wherever_it_is_shown() {
    let text = "# One\n\n![A tower](gone.svg)\n\nA ![sign](gone.svg) in a line.\n\n\
                ![Another](gone.svg)\n\n![A tower](gone.svg)\n";
    let book = chapter(text).read().manuscript.expect("a book").book;
    let images: Vec<_> =
        book.images.iter().map(|i| (i.path.as_str(), i.alt.as_deref(), i.placement)).collect();
    let (block, line) = (Placement::Block, Placement::Line);
    let wanted = [("A tower", block), ("sign", line), ("Another", block)];
    assert_eq!(images, wanted.map(|(alt, place)| ("gone.svg", Some(alt), place)));
    assert!(book.images.iter().all(|i| i.content == ImageContent::Missing));
    let dump = bindery::model::dump(&book);
    assert_eq!(dump.matches("image gone.svg").count(), 4, "{dump}");
}

#[test]
fn page_values_that_give_no_page_are_named() {
    let toml = |rest: &str| {
        let toml = format!("title = \"T\"\n{rest}\n[[chapter]]\nfile = \"one.md\"\n");
        chapter("# One\n\nText.\n").with("book.toml", &toml)
    };
    let one = |rest: &str, message: &str, hint: &str| {
        let found = toml(rest).read().report();
        assert!(found.contains(&format!("bad-value: {message}\n  {hint}")), "{rest}: {found}");
        assert_eq!(found.matches("bad-value").count(), 1, "{rest}: {found}");
    };
    one(
        "[page]\ntrim = \"999999x999999in\"",
        "`999999x999999in` is no size for a page of a book",
        "Each side has to be between 2 and 30 inches",
    );
    one("[page]\ntrim = \"6x60in\"", "`6x60in` is no size for a page of a book", "Each side");
    one("[page]\nmeasure = \"30in\"", "`measure`: 2160pt is too much", "With this page");
    one("[page]\nmeasure = \"0pt\"", "`measure`: 0pt is too little", "With this page");
    one("[page]\nmeasure = \"300pt\"\ninner = \"3in\"", "`inner`: 216pt is too much", "With");
    one("[page]\ntop = \"8in\"", "`top`: 576pt is too much", "With this page");
    one(
        "[page]\nlines = 90",
        "a page of this size can't have 90 lines",
        "Write a number from 1 to",
    );
    one(
        "[text]\nleading = \"0pt\"",
        "`leading`: 0pt is too little",
        "With this page and font size, write 8.8pt",
    );
    one("[text]\nsize = \"400pt\"", "`size`: 400pt is too much", "With this page");
    one("[text]\nindent = \"9in\"", "`indent`: 648pt is too much", "With this page");
    one(
        "[page]\nmeasure = \"80pt\"\n[text]\nsize = \"14pt\"",
        "`measure`: `80pt` holds hardly a word a line",
        "At this font size, write at least 112pt.",
    );
    reports(&toml("[page]\ntrim = \"a4\"\nmeasure = \"160mm\"\nlines = 40\ninner = \"20mm\""), "");
}

#[test]
fn a_table_of_too_many_cells_is_paragraphs() {
    let head = "|a".repeat(1001);
    let rule = "|-".repeat(1001);
    let text = format!("# One\n\n{head}|\n{rule}|\n{}", "|word|two|\n".repeat(100));
    let outcome = chapter(&text).read();
    let report = outcome.report();
    let wanted =
        "one.md:3:1: over-limit: a table can't have more than 100000 cells\n  Each of its rows";
    assert!(report.starts_with(wanted), "{report}");
    let dump = bindery::model::dump(&outcome.manuscript.expect("a manuscript").book);
    assert_eq!(dump.matches("\"word\" \" | \" \"two\"").count(), 100, "{dump}");
}

/// A term of hundreds of levels overflowed the stack.
#[test]
fn terms_of_the_index_have_eight_levels() {
    let path: Vec<String> = (0..400).map(|level| format!("t{level}")).collect();
    let text = format!("# One\n\nWord{{index: {}}} and word.\n", path.join(" > "));
    let outcome = chapter(&text).read();
    let dump = bindery::model::dump(&outcome.manuscript.expect("a manuscript").book);
    let line =
        dump.lines().find(|line| line.contains("t7 > t8")).unwrap_or_else(|| panic!("{dump}"));
    assert!(line.contains("t6"), "{line}");
}

#[test]
fn rules_of_a_style_sheet_that_fetch_or_are_broken_are_left_out() {
    let toml = "title = \"T\"\n[epub]\ncss = \"own.css\"\n[[chapter]]\nfile = \"one.md\"\n";
    let css = "@import url(file:///etc/passwd);\np { margin: 0 }\np { background: url(x.png) }\n";
    let folder = chapter("# One\n\nText.\n").with("book.toml", toml).with("own.css", css);
    reports(
        &folder,
        "
book.toml:3:7: bad-style-sheet: the rule in line 1 of `own.css` was left out: it refers to another file, which the EPUB doesn't have
  The other rules are used.
book.toml:3:7: bad-style-sheet: the rule in line 3 of `own.css` was left out: it refers to another file, which the EPUB doesn't have
  The other rules are used.",
    );
    let kept = folder.read().manuscript.and_then(|manuscript| manuscript.extra_css);
    assert_eq!(kept.as_deref().map(str::trim), Some("p { margin: 0 }"));
}

/// Values that show nothing made the EPUB invalid.
#[test]
fn values_of_unseen_characters_are_empty() {
    let values = ["", "  ", "\\u0001", "\\u200b\\u2060", "\\u00ad"];
    for key in ["publisher", "rights", "description", "subtitle", "identifier", "title"] {
        for value in values {
            let title = if key == "title" { "" } else { "title = \"T\"\n" };
            let toml = format!("{title}{key} = \"{value}\"\n[[chapter]]\nfile = \"one.md\"\n");
            let report = chapter("# One\n\nText.\n").with("book.toml", &toml).read().report();
            assert!(report.contains(&format!("`{key}` is empty")), "{key} = {value:?}: {report}");
        }
    }
}
