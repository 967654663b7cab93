#!/usr/bin/env python3
"""Holds the structure of a finished PDF against the model of its book.

    structure.py MODEL BOOK.pdf

MODEL is what `bindery dump model` prints. The structure is read as a reader's
software does: poppler's `pdfinfo -struct-text` gives the tree with its words,
`qpdf --json` what pictures are said to show. Compared are, chapter by chapter
and in order: headings with their levels and words, paragraphs, lists with their
items and labels, tables with their rows and cells, quotations, listings and
formulas; and on their own, since they may move to another page: pictures by
their alternative texts, captions, notes, and how many links there are.

Words are compared by their letters, in any order: that they are all there and
in order is the business of words.py. What the tool adds to a paragraph (the
page a link leads to, words of a cross-reference) is let pass by so many letters
for each link. The pages the tool composes itself (half title, title page,
copyright page, contents, lists, an index) are passed over.
"""

import json
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field

from words import FORMULA, MEANS, STRING, Stream, unescape, words_of_line

# Chapters that the tool writes where the manuscript has none of its own.
COMPOSED = {"half-title", "title-page", "copyright", "contents", "list-of-figures",
            "list-of-tables", "index"}  # fmt: skip
# Letters that a paragraph may have more than the model, and for each link in it.
MORE, MORE_FOR_A_LINK = 3, 60
# And headings and captions for their numbers.
MORE_FOR_A_NUMBER = 20
LINK = re.compile(r"\blink(?: \.\S+)* [<#]|\bref\(")
ADDS = re.compile(r"\blink\b|\bref\(|\bcite\(|\bruby\(|\bmath\(")
PICTURE = re.compile(
    r'\bimage (?:[^"]*? )??(?:alt=("(?:[^"\\]|\\.)*")|(decorative)\b|(no alt)\b)'
)
# Faults shown for each book.
SHOWN = 12


@dataclass
class Node:
    """A line of either tree with what is below it."""

    kind: str
    text: str = ""
    children: list = field(default_factory=list)


@dataclass
class Event:
    """A step of a chapter's structure: what begins, and its words."""

    kind: str
    text: str = ""
    adds: int = 0

    def __str__(self):
        words = " ".join(self.text.split())
        return f"{self.kind} {words[:60]!r}" if words else self.kind


def letters(text):
    return Stream(text).letters.casefold()


def same(model, found):
    """Whether a step of the structure is that of the model."""
    if model.kind != found.kind:
        return False
    if model.kind == "Formula":
        return True  # its TeX is not what is seen
    wanted, there = Counter(letters(model.text)), Counter(letters(found.text))
    more = sum((there - wanted).values())
    numbered = MORE_FOR_A_NUMBER if re.match("H|Caption", model.kind) else 0
    return not wanted - there and more <= MORE + numbered + MORE_FOR_A_LINK * model.adds


# Lines that say what was decided about a chapter; the text is in the others.
DECISIONS = ("listed", "generated", "label", "opening", "lead-in", "contents")


@dataclass
class Chapter:
    """What a chapter holds, in order and beside the order."""

    name: str
    composed: bool = False
    flow: list = field(default_factory=list)
    alts: list = field(default_factory=list)
    captions: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    links: int = 0
    # Its links are not counted: citations and indexes make more.
    more_links: bool = False


# --- the model


def indented(lines):
    """Lines as a tree, by their indents of two spaces."""
    root = Node("")
    path = [(-1, root)]
    for line in lines:
        depth = len(line) - len(line.lstrip(" "))
        node = Node(line.strip(" ").split(" ", 1)[0], line[depth:])
        while path[-1][0] >= depth:
            path.pop()
        path[-1][1].children.append(node)
        path.append((depth, node))
    return root


def event(kind, line):
    bare = STRING.sub('""', MEANS.sub("", line))
    return Event(kind, words_of_line(line), len(ADDS.findall(bare)))


class Reader:
    """Makes the events of a chapter of its lines in the dump."""

    def __init__(self, chapter):
        self.chapter = chapter

    def add(self, kind, line=""):
        found = event(kind, line)
        # What has no letters may have no marks on the page either.
        if kind in ("P", "Code", "Formula", "Caption", "Lbl") and not letters(found.text):
            return
        self.chapter.flow.append(found)

    def count(self, line):
        bare = STRING.sub('""', MEANS.sub("", FORMULA.sub("", line)))
        self.chapter.links += len(LINK.findall(bare))
        self.chapter.more_links |= bool(re.search(r"\bcite\(|\bindex\(", bare))
        for alt, decorative, _ in PICTURE.findall(line):
            if not decorative:
                self.chapter.alts.append(unescape(alt[1:-1]) if alt else None)

    def blocks(self, nodes):
        for node in nodes:
            self.block(node)

    def block(self, node):
        kind, line, below = node.kind, node.text, node.children
        if kind == "pull":
            self.add("BlockQuote")
            if all(child.kind in ("paragraph", "source") for child in below):
                # Set as one sentence.
                said = [child.text for child in below if child.kind == "paragraph"]
                for text in said:
                    self.count(text)
                self.add("P", " soft ".join(said))
                below = [child for child in below if child.kind == "source"]
            self.blocks(below)
            self.add("/BlockQuote")
        elif kind in ("quote", "epigraph"):
            self.add("BlockQuote")
            self.blocks(below)
            self.add("/BlockQuote")
        elif kind in ("paragraph", "source"):
            self.count(line)
            self.add("P", line)
        elif kind in ("title", "heading"):
            self.count(line)
            level = line.split(" ")[1] if kind == "heading" else "1"
            self.add(f"H{level}", re.sub(r"^heading \d", "", line))
        elif kind == "subtitle":
            self.count(line)
            self.add("P", line)
        elif kind == "list":
            self.items(node)
        elif kind == "definitions":
            self.definitions(below)
        elif kind == "table":
            self.table(below)
        elif kind in ("admonition", "div"):
            self.blocks(below)
        elif kind == "verse":
            for stanza in below:
                for verse in stanza.children:
                    self.count(verse.text)
                self.add("P", " soft ".join(verse.text for verse in stanza.children))
        elif kind == "code":
            # Below its lines stand the words that are coloured, once more.
            lines = (child.text for child in below if child.text.startswith('"'))
            self.add("Code", " soft ".join(lines))
        elif kind == "math":
            self.add("Formula", line.split('"', 1)[0] + '"' + line.split('"', 1)[1])
        elif kind == "figure":
            for child in below:
                self.count(child.text)
                if child.kind == "caption":
                    self.chapter.captions.append(event("Caption", child.text))
        elif kind == "opener":
            self.count(line)
        elif kind in ("toc", "index"):
            self.chapter.composed = True
        elif kind not in ("scene", "page") + DECISIONS:
            sys.exit(f"structure.py doesn't know what this line of the model is: {line}")

    def items(self, node):
        self.add(f"L of {len(node.children)}")
        start = re.match(r"list numbers from (\d+)", node.text)
        for number, item in enumerate(node.children):
            self.add("LI")
            if start and item.text == "item":
                self.add("Lbl", f'"{int(start.group(1)) + number}"')
            self.blocks(item.children)
        self.add("/L")

    def definitions(self, nodes):
        count = 0
        at = len(self.chapter.flow)
        before = None
        for node in nodes:
            if node.kind == "term":
                if before != "term":
                    count += 1
                    self.add("LI")
                self.count(node.text)
                self.add("Lbl", node.text)
            else:
                if before is None:
                    count += 1
                    self.add("LI")
                self.blocks(node.children)
            before = node.kind
        self.chapter.flow.insert(at, Event(f"L of {count}"))
        self.add("/L")

    def table(self, nodes):
        self.add("Table")
        for node in nodes:
            self.count(node.text)
            if node.kind == "caption":
                self.add("Caption", node.text)
                continue
            cells = cells_of(node.text)
            kind = "head" if node.kind == "head" else "row"
            self.add(f"TR {kind} of {len(cells)}")
            for cell in cells:
                self.chapter.flow.append(event("cell", cell))
        self.add("/Table")


def cells_of(line):
    """The cells of a row of the dump."""
    strings = []

    def keep(match):
        strings.append(match.group(0))
        return f'"{len(strings) - 1}"'

    parts = STRING.sub(keep, line).split("|")[1:-1]
    return [re.sub(r'"(\d+)"', lambda m: strings[int(m.group(1))], part) for part in parts]


def read_model(lines):
    """The chapters of a dump, with their notes."""
    chapters = []
    for node in indented(lines).children[0].children:
        if re.match(r'[a-z]{3} "', node.text):  # a contributor
            continue
        if node.kind == "note":
            match = re.match(r'note (\d+) ".*" chapter=(\d+)', node.text)
            note = Chapter(f"note {match.group(1)}")
            Reader(note).blocks(node.children)
            owner = chapters[int(match.group(2))]
            owner.notes.append(note)
            owner.links += note.links
            owner.alts.extend(note.alts)
            owner.more_links |= note.more_links
            continue
        chapter = Chapter(node.text.split(" ")[1])
        Reader(chapter).blocks(node.children)
        own = any(
            c.kind not in ("title", "subtitle", "opener") + DECISIONS for c in node.children
        )
        chapter.composed |= node.kind in COMPOSED and not own
        chapters.append(chapter)
    return chapters


# --- the PDF

ELEMENT = re.compile(r"^([A-Z][A-Za-z0-9]*)(?: <[^>]*>)?(?: \((?:block|inline)\))?:?$")


def read_tree(text):
    """The tree that `pdfinfo -struct-text` prints."""
    root = Node("")
    path = [(-1, root)]
    lines = iter(text.split("\n"))
    for line in lines:
        depth = len(line) - len(line.lstrip(" "))
        rest = line[depth:]
        if rest.startswith('"'):
            while not (rest.endswith('"') and len(rest) > 1):
                more = next(lines, None)
                if more is None:
                    break
                rest += "\n" + more
            node = Node('"', rest[1:-1])
        elif match := ELEMENT.match(rest):
            node = Node(match.group(1))
        else:
            continue
        while path[-1][0] >= depth:
            path.pop()
        path[-1][1].children.append(node)
        path.append((depth, node))
    return root


def text_of(node):
    """The words of an element, without marks of notes."""
    if node.kind == '"':
        return node.text
    return "".join(text_of(c) for c in node.children if c.kind not in ("Reference", "Figure"))


def all_of(node, kind, within=()):
    """Elements of a kind below a node, but not within others."""
    for child in node.children:
        if child.kind == kind:
            yield child
        if child.kind not in within:
            yield from all_of(child, kind, within)


class Outline:
    """Makes the events of a chapter of its part of the PDF's tree."""

    def __init__(self, name):
        self.chapter = Chapter(name)
        self.head = False

    def add(self, kind, text=""):
        if kind in ("P", "Code", "Formula", "Caption", "Lbl") and not letters(text):
            return
        self.chapter.flow.append(Event(kind, text))

    def nodes(self, nodes):
        for node in nodes:
            self.node(node)

    def node(self, node):
        kind, below = node.kind, node.children
        if re.fullmatch("H[1-6]|P|Code|Formula|Lbl", kind):
            self.add(kind, text_of(node))
        elif kind == "L":
            self.add(f"L of {sum(c.kind == 'LI' for c in below)}")
            self.nodes(below)
            self.add("/L")
        elif kind == "LI":
            self.add("LI")
            self.nodes(below)
        elif kind == "BlockQuote":
            self.add("BlockQuote")
            self.nodes(below)
            self.add("/BlockQuote")
        elif kind == "Table":
            self.add("Table")
            self.nodes(below)
            self.add("/Table")
        elif kind == "TR":
            heads = any(c.kind == "TH" for c in below)
            head = "head" if self.head and heads else "row"
            self.add(f"TR {head} of {len(below)}")
            for cell in below:
                self.chapter.flow.append(Event("cell", text_of(cell)))
        elif kind == "Caption":
            self.add("Caption", text_of(node))
        elif kind == "Div" and any(c.kind in ("Figure", "Caption") for c in below):
            for caption in (c for c in below if c.kind == "Caption"):
                self.chapter.captions.append(Event("Caption", text_of(caption)))
        elif kind in ("Div", "Sect", "THead", "TBody", "LBody", "Link"):
            self.head = kind == "THead"
            self.nodes(below)
            self.head = False
        # Figures and notes are looked at on their own; contents not at all.


def read_pdf(tree, alts):
    """The chapters of a PDF: the parts of its document."""
    document = next(all_of(tree, "Document"))
    sections = [node for node in document.children if node.kind == "Sect"]
    chapters = []
    for number, node in enumerate(sections):
        outline = Outline(f"section {number + 1}")
        outline.nodes(node.children)
        chapter = outline.chapter
        for note in all_of(node, "Note"):
            inner = Outline("note")
            inner.nodes(c for c in note.children if c.kind != "Lbl")
            label = "".join(text_of(c) for c in note.children if c.kind == "Lbl")
            inner.chapter.name = f"note {label.strip()}"
            chapter.notes.append(inner.chapter)
        marks = sum(1 for r in all_of(node, "Reference") for _ in all_of(r, "Link"))
        ways_back = sum(1 for n in all_of(node, "Note") for c in n.children
                        if c.kind == "Lbl" for _ in all_of(c, "Link"))  # fmt: skip
        chapter.links = sum(1 for _ in all_of(node, "Link")) - marks - ways_back
        chapter.alts = alts[number] if number < len(alts) else []
        chapters.append(chapter)
    return chapters


def alternative_texts(pdf_json):
    """What the pictures of each part of the document are said to show."""
    objects = pdf_json["qpdf"][1]

    def value(ref):
        while isinstance(ref, str) and re.fullmatch(r"\d+ \d+ R", ref):
            ref = objects[f"obj:{ref}"].get("value")
        return ref

    def kids(element):
        below = value(element.get("/K", []))
        for kid in below if isinstance(below, list) else [below]:
            kid = value(kid)
            if isinstance(kid, dict) and "/S" in kid:
                yield kid

    def figures(element):
        if element["/S"] == "/Figure":
            alt = value(element.get("/Alt"))
            yield alt[2:] if isinstance(alt, str) else None
        for kid in kids(element):
            yield from figures(kid)

    root = value(objects["trailer"]["value"]["/Root"])
    document = next(kids(value(root["/StructTreeRoot"])))
    return [list(figures(kid)) for kid in kids(document) if kid["/S"] == "/Sect"]


# --- the comparison


def without_number(model, found):
    """A chapter's own number stands above its title and is not in the model."""
    if model and model[0].kind == "H1":
        for at, step in enumerate(found):
            if step.kind == "H1":
                return found[at:]
            if step.kind != "P":
                break
    return found


def without_titles(model, found):
    """Leaves out what the tool says above a note set apart: its kind."""
    out, at = [], 0
    for step in found:
        wanted = model[at] if at < len(model) else None
        unwanted = wanted is None or not same(wanted, step)
        if unwanted and step.kind == "P" and len(letters(step.text)) <= 16:
            following = found[found.index(step) + 1 :][:1]
            if following and wanted is not None and same(wanted, following[0]):
                continue
        out.append(step)
        at += 1
    return out


def compare(model, found, faults):
    name = model.name
    flow = without_titles(model.flow, without_number(model.flow, found.flow))
    for at in range(max(len(model.flow), len(flow))):
        wanted = model.flow[at] if at < len(model.flow) else None
        there = flow[at] if at < len(flow) else None
        if wanted is None or there is None or not same(wanted, there):
            before = f" after {model.flow[at - 1]}" if at else ""
            faults.append(f"{name}{before}: the model has {wanted}, the PDF {there}")
            break
    if Counter(model.alts) != Counter(found.alts):
        missing, more = Counter(model.alts) - Counter(found.alts), Counter(found.alts)
        more -= Counter(model.alts)
        faults.append(f"{name}: pictures: missing {list(missing)}, too many {list(more)}")
    pairs(name, "caption", model.captions, found.captions, faults)
    if model.links != found.links and not model.more_links:
        faults.append(f"{name}: {model.links} links in the model, {found.links} in the PDF")
    by_name = {note.name: note for note in found.notes}
    if len(model.notes) != len(found.notes):
        faults.append(f"{name}: {len(model.notes)} notes, {len(found.notes)} in the PDF")
        return
    for note in model.notes:
        if note.name not in by_name:
            faults.append(f"{name}: {note.name} is not in the PDF")
            continue
        other = by_name[note.name]
        # Pictures and links of notes are counted with the chapter's.
        note.name, note.alts, note.links = f"{name}, {note.name}", [], 0
        compare(note, other, faults)


def pairs(name, what, model, found, faults):
    left = list(found)
    for step in model:
        match = next((other for other in left if same(step, other)), None)
        if match is None:
            faults.append(f"{name}: no {what} {step}")
        else:
            left.remove(match)
    faults.extend(f"{name}: one {what} too many: {step}" for step in left)


def faults_of(model, found):
    """All differences between the chapters of a model and of a PDF."""
    model = [c for c in model if c.composed or c.flow or c.alts]
    if len(model) != len(found):
        return [f"{len(model)} chapters in the model, {len(found)} in the PDF"]
    faults = []
    for chapter, other in zip(model, found):
        if not chapter.composed:
            compare(chapter, other, faults)
    return faults


def run(*command):
    return subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8")


def main(model_path, pdf):
    with open(model_path, encoding="utf-8") as file:
        model = read_model([line.rstrip("\n") for line in file])
    # qpdf's exit code 3 is a warning, which qpdf's own step reports.
    alts = alternative_texts(json.loads(run("qpdf", "--json=2", "--json-key=qpdf", pdf)))
    found = read_pdf(read_tree(run("pdfinfo", "-struct-text", pdf)), alts)
    faults = faults_of(model, found)
    for fault in faults[:SHOWN]:
        print(f"structure: {fault}")
    if len(faults) > SHOWN:
        print("structure: and more")
    if not faults:
        steps = sum(len(c.flow) for c in model)
        pictures = sum(len(c.alts) for c in model)
        notes = sum(len(c.notes) for c in model)
        links = sum(c.links for c in model)
        print(f"structure: {len(model)} chapters, {steps} steps, {pictures} pictures, "
              f"{notes} notes, {links} links as in the model")  # fmt: skip
    return 1 if faults else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
