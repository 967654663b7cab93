#!/usr/bin/env python3
"""Makes a book of the examples of Markdown's specifications, one chapter each.

    commonmark.py FOLDER SPEC...

SPEC is the CommonMark specification (`spec.txt` of the npm package
`commonmark-spec`), or a file of examples in Rust as the crate `pulldown-cmark`
has them in `tests/suite` (`gfm_table.rs`: the examples of GitHub's own
specification and of the extensions that the parser knows). FOLDER is made anew,
with a `book.toml`, so that `bindery build --book FOLDER` makes both formats.

Each chapter is a heading and the example as it is. Two things that the examples
name and that are not theirs are made beside them: a picture for each path, and
an address of publication, so that links to pages of the same site lead there.
What a specification may do and a book may not is told in `book.toml` itself:
links that lead nowhere are warned of, remote pictures become links.
"""

import re
import shutil
import sys
import zlib
from html.parser import HTMLParser
from pathlib import Path
from struct import pack
from urllib.parse import unquote, urlsplit

SITE = "https://example.org/spec/"
EXAMPLE = re.compile(r"^`{32} example[^\n]*\n(.*?)^\.\n(.*?)^`{32}$", re.M | re.S)
IN_RUST = re.compile(
    r'let original = r##"(.*?)"##;\s*let expected = r##"(.*?)"##;', re.S
)


def examples(path):
    """The examples of a file: pairs of Markdown and the HTML expected of it."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".rs":
        return IN_RUST.findall(text)
    text = text.split("<!-- END TESTS -->")[0].replace("→", "\t")
    return EXAMPLE.findall(text)


def lacks_note(markdown, html):
    """Whether a mark of a footnote has no footnote, which no book may have."""
    marks = set(re.findall(r"\[\^([^\]\s]+)\](?!:)", markdown))
    notes = set(re.findall(r"^[ >]*\[\^([^\]\s]+)\]:", markdown, re.M))
    return bool(marks - notes) or any(f"[^{mark}]" in html for mark in marks)


class Pictures(HTMLParser):
    """The addresses of the pictures in some HTML."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        if tag == "img":
            self.found.extend(value for name, value in attributes if name == "src" and value)


def chunk(kind, data):
    return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))


def picture():
    """A grey PNG of 300 by 200 pixels."""
    head = pack(">IIBBBBB", 300, 200, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * 300) * 200)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def put_pictures(folder, html):
    reader = Pictures()
    reader.feed(html)
    for address in reader.found:
        parts = urlsplit(address)
        path = folder / unquote(parts.path).lstrip("/")
        if parts.scheme or parts.netloc or path.is_dir() or folder not in path.resolve().parents:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(picture())


def main(folder, sources):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    folder = folder.resolve()
    toml = [
        'title = "The Examples of the Specifications"',
        'authors = ["The CommonMark community"]',
        'language = "en"',
        'dead-links = "text"',
        'remote-images = "link"',
    ]
    for source in sources:
        name = "commonmark" if source.suffix == ".txt" else source.stem.replace("_", "-")
        found = [pair for pair in examples(source) if not lacks_note(*pair)]
        if not found:
            sys.exit(f"{source}: no examples")
        for number, (markdown, html) in enumerate(found, 1):
            file = f"{name}-{number:03}.md"
            title = f"# Example {number} of {name}\n\n"
            (folder / file).write_text(title + markdown, encoding="utf-8", newline="")
            put_pictures(folder, html)
            toml += ["", "[[chapter]]", f'file = "{file}"', f'canonical = "{SITE}{name}/{number}"']
        print(f"{len(found)} examples of {source.name}")
    (folder / "book.toml").write_text("\n".join(toml) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), [Path(path) for path in sys.argv[2:]])
