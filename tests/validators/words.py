#!/usr/bin/env python3
"""Holds the words of a finished book against the words of its manuscript.

    words.py MODEL BOOK.epub BOOK.txt

MODEL is what `bindery dump model` prints, BOOK.txt what `pdftotext -raw` makes
of the PDF. Every word of every chapter must be in both, in order. What stands
between them (running heads, page numbers, marks of notes, notes at a page's
foot, pictures that have moved) is passed over; captions and notes are looked
for on their own.

Compared are streams of letters and digits, so that it does not matter where a
line ends. That words are neither glued together nor torn apart is checked
beside it: a word may be divided only by a hyphen at a line's end, by the page's
furniture, or after an initial.

Left out, in the PDF alone: letters of scripts that run from right to left. What
pdftotext makes of them depends on how it guesses their direction.
"""

import re
import sys
import unicodedata
import zipfile
from dataclasses import dataclass, field
from html.parser import HTMLParser
from posixpath import dirname, join, normpath
from urllib.parse import unquote
from xml.etree import ElementTree

# How many letters must agree before text counts as found again after how many
# others: a long note, a caption, the furniture of a page or two; a running
# head; the mark of a note.
FOUND_AFTER = ((12, 4000), (7, 600), (4, 60), (1, 3))
# By how many letters the beginning of a chapter is known, best first.
BEGINNING = (48, 32, 20, 12, 6, 4, 2)
# How far before its text a chapter's title may stand, in letters.
ABOVE = 600
# More faults than this say no more than the first ones.
SHOWN = 8


@dataclass
class Chapter:
    """A chapter of the model: its head, its running text, what may move."""

    stem: str
    head: list[str] = field(default_factory=list)
    flow: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)


# Lines of the dump that carry text, by their first word, and where it goes.
CARRIES = {
    "title": "head",
    "subtitle": "head",
    "paragraph": "flow",
    "heading": "flow",
    "source": "flow",
    "term": "flow",
    "line": "flow",
    "head": "flow",
    "row": "flow",
    "caption": "aside",
}
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
PICTURE = re.compile(r'\bimage .*?(?: alt="(?:[^"\\]|\\.)*"| decorative| no alt)')
FORMULA = re.compile(r'\bmath\("(?:[^"\\]|\\.)*"\)')
MEANS = re.compile(r' means="(?:[^"\\]|\\.)*"')
TARGET = re.compile(r"\blink <[^>]*>")
# A cross-reference says words of the tool's own: `Section 2.3`, `page 112`.
REFERENCE = re.compile(r"\bref\([^)]*\)")
GAP = "\ufdd1"
# So many letters a reference may have.
LONGEST_REFERENCE = 80
ESCAPE = re.compile(r"\\(u\{([0-9a-f]+)\}|.)")
SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}


def unescape(text):
    """Text as Rust's `{:?}` writes it, as it was."""

    def one(match):
        code = match.group(2)
        return chr(int(code, 16)) if code else SIMPLE.get(match.group(1), match.group(1))

    return ESCAPE.sub(one, text)


def words_of_line(line):
    """The text of one line of the dump, with breaks as spaces."""
    line = FORMULA.sub(" ", PICTURE.sub(" ", TARGET.sub("link ", MEANS.sub("", line))))
    out, last = [], 0
    for match in STRING.finditer(line):
        # Between two strings: nothing that is text, or a break, or a new cell.
        between = line[last : match.start()]
        if re.search(r"\b(soft|hard)\b| \| ", between):
            out.append(" ")
        if REFERENCE.search(between):
            out.append(GAP)
        out.append(unescape(match.group(1)))
        last = match.end()
    return "".join(out)


def read_model(path):
    """The chapters of a dump, and its notes."""
    chapters, notes = [], []
    with open(path, encoding="utf-8") as dump:
        lines = [line.rstrip("\n") for line in dump]
    place, code_depth = None, None
    for line in lines[1:]:
        depth = len(line) - len(line.lstrip(" "))
        text = line[depth:]
        kind = text.split(" ", 1)[0]
        if depth == 2:
            if kind == "note":
                notes.append(Chapter(stem=text))
                place = notes[-1]
            elif not re.match(r'[a-z]{3} "', text):  # else a contributor
                chapters.append(Chapter(stem=text.split(" ")[1]))
                place = chapters[-1]
        elif code_depth is not None and depth > code_depth and text.startswith('"'):
            place.flow.append(words_of_line(text))
        else:
            code_depth = depth if kind == "code" else None
            if kind in CARRIES:
                getattr(place, CARRIES[kind]).append(words_of_line(text))
    return chapters, notes


class Stream:
    """Text as a run of letters and digits that knows where its words begin."""

    def __init__(self, text, rtl=True):
        text = unicodedata.normalize("NFKC", text)
        letters, self.at = [], []
        # The letters before which a cross-reference stands.
        self.gaps = set()
        for i, char in enumerate(text):
            if char == GAP:
                self.gaps.add(len(letters))
            if not rtl and unicodedata.bidirectional(char) in ("R", "AL"):
                continue
            if char.isalnum() or unicodedata.category(char).startswith("M"):
                letters.append(char)
                self.at.append(i)
        self.text = text
        self.letters = "".join(letters)

    def between(self, i):
        """What stands in the text between letter `i` and the one before it."""
        return self.text[self.at[i - 1] + 1 : self.at[i]] if i > 0 else " "

    def words_begin(self):
        """For each letter, whether a word begins with it."""
        return [i == 0 or self.at[i] > self.at[i - 1] + 1 for i in range(len(self.at))]

    def near(self, i, reach=28):
        """The text around letter `i`, for reports."""
        at = self.at[min(i, len(self.at) - 1)] if self.at else 0
        return " ".join(self.text[max(0, at - reach) : at + reach].split())


class Comparison:
    """One output held against the model."""

    def __init__(self, name, text, rtl=True):
        self.name = name
        self.rtl = rtl
        self.found = self.stream(text)
        self.position = 0
        self.faults = []
        self.words = 0

    def stream(self, text):
        return Stream(text, self.rtl)

    def fault(self, text):
        self.faults.append(text)

    def chapter(self, chapter):
        flow = self.stream("\n".join(chapter.flow))
        if flow.letters:
            self.begin(chapter, flow)
            self.follow(chapter, flow)
        for text in chapter.aside:
            self.anywhere(chapter, text)

    def begin(self, chapter, flow):
        """Goes to where a chapter's text begins and looks for its title above."""
        for length in BEGINNING:
            at = self.found.letters.find(flow.letters[:length], self.position)
            if at >= 0:
                break
        else:
            self.fault(f"{chapter.stem}: its beginning is not there: {flow.near(0)!r}")
            return
        above = self.found.letters[max(0, at - ABOVE) : at]
        for head in chapter.head:
            if self.stream(head).letters.casefold() not in above.casefold():
                self.fault(f"{chapter.stem}: {head!r} does not stand above its text")
        self.position = at

    def follow(self, chapter, flow):
        """Walks along a chapter's text, letter by letter."""
        begins = flow.words_begin()
        theirs, found = flow.letters, self.found.letters
        last, i = None, 0
        while i < len(theirs):
            j = self.position
            if j >= len(found) or found[j] != theirs[i]:
                j = self.again(self.next_letters(flow, i), i in flow.gaps)
                if j < 0:
                    self.fault(f"{chapter.stem}: missing at {flow.near(i)!r}")
                    i = self.skip_word(begins, i)
                    last = None
                    if len(self.faults) > SHOWN:
                        return
                    continue
            if last is not None:
                self.boundary(chapter, flow, begins[i], i, last, j)
            self.words += begins[i]
            last, self.position = j, j + 1
            i += 1

    @staticmethod
    def next_letters(flow, i):
        """The letters to look for: up to the next cross-reference."""
        end = min([i + FOUND_AFTER[0][0], *(gap for gap in flow.gaps if gap > i)])
        return flow.letters[i:end]

    def again(self, letters, reference):
        """Where the next letters are found, past what may be passed over."""
        if reference:
            start = self.position
            at = self.found.letters.find(letters, start, start + LONGEST_REFERENCE + len(letters))
            if at >= 0:
                return at
        for length, after in FOUND_AFTER:
            wanted, start = letters[:length], self.position
            at = self.found.letters.find(wanted, start, start + after + len(wanted))
            if at >= 0:
                return at
        return -1

    @staticmethod
    def skip_word(begins, i):
        i += 1
        while i < len(begins) and not begins[i]:
            i += 1
        return i

    def boundary(self, chapter, flow, begins, i, last, j):
        """Words must begin and go on where the manuscript's do."""
        between = self.found.text[self.found.at[last] + 1 : self.found.at[j]]
        if begins and not between:
            self.fault(f"{chapter.stem}: glued together: {self.found.near(j)!r}")
        elif not begins and between:
            hyphen = re.match(r"[-\u00ad\u2010]\s", between)
            moved = j > last + 1
            initial = i == 1 or flow.words_begin()[i - 1]
            joiner = not between.strip("\u00ad\u200b\u2060\u200d\u200c")
            if not (hyphen or moved or initial or joiner):
                self.fault(f"{chapter.stem}: torn apart: {self.found.near(j)!r}")

    def anywhere(self, chapter, text):
        """Words that may have moved: a caption or a note."""
        stream = self.stream(text)
        if stream.letters and stream.letters not in self.found.letters:
            # A page may have turned within it.
            half = len(stream.letters) // 2
            parts = (stream.letters[: half // 2], stream.letters[-(half // 2) :])
            if not all(part in self.found.letters for part in parts):
                self.fault(f"{chapter.stem}: not there: {text[:60]!r}")
        self.words += sum(stream.words_begin())

    def report(self):
        if not self.faults:
            print(f"{self.name}: {self.words} words in order")
        for fault in self.faults[:SHOWN]:
            print(f"{self.name}: {fault}")
        if len(self.faults) > SHOWN:
            print(f"{self.name}: and more")
        return not self.faults


class TextOfPage(HTMLParser):
    """The text of an XHTML file, with a line end at every block."""

    INLINE = {
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "kbd", "mark",
        "q", "s", "samp", "small", "span", "strong", "sub", "sup", "u", "wbr",
    }  # fmt: skip
    SKIPPED = {"head", "script", "style", "svg", "math"}

    def __init__(self):
        super().__init__()
        self.parts = []
        self.skipping = 0

    def handle_starttag(self, tag, attrs):
        if tag in self.SKIPPED:
            self.skipping += 1
        if tag not in self.INLINE:
            self.parts.append("\n")

    def handle_startendtag(self, tag, attrs):
        if tag not in self.INLINE:
            self.parts.append("\n")

    def handle_endtag(self, tag):
        if tag in self.SKIPPED:
            self.skipping -= 1
        if tag not in self.INLINE:
            self.parts.append("\n")

    def handle_data(self, data):
        if not self.skipping:
            self.parts.append(data)


def epub_text(path):
    """The text of all files of the spine, in its order."""
    opf_ns = {"o": "http://www.idpf.org/2007/opf"}
    container_ns = {"c": "urn:oasis:names:tc:opendocument:xmlns:container"}
    with zipfile.ZipFile(path) as book:
        container = ElementTree.fromstring(book.read("META-INF/container.xml"))
        opf = container.find(".//c:rootfile", container_ns).get("full-path")
        package = ElementTree.fromstring(book.read(opf))
        items = {i.get("id"): i for i in package.iterfind("o:manifest/o:item", opf_ns)}
        parts = []
        for ref in package.iterfind("o:spine/o:itemref", opf_ns):
            href = items[ref.get("idref")].get("href")
            name = normpath(join(dirname(opf), unquote(href)))
            reader = TextOfPage()
            reader.feed(book.read(name).decode("utf-8"))
            parts.extend(reader.parts)
    return "".join(parts)


def main(model, epub, pdf_text):
    chapters, notes = read_model(model)
    with open(pdf_text, encoding="utf-8") as file:
        outputs = [
            Comparison("EPUB", epub_text(epub)),
            Comparison("PDF", file.read(), rtl=False),
        ]
    sound = True
    for output in outputs:
        for chapter in chapters:
            output.chapter(chapter)
        for note in notes:
            for text in note.flow + note.aside:
                output.anywhere(note, text)
        if output.words == 0:
            output.fault("no words were compared")
        sound &= output.report()
    return 0 if sound else 1


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
