#!/usr/bin/env python3
"""Makes a book of an essay as a new user would, ready to be validated.

    sample.py BINDERY ESSAY.md FOLDER

Copies the essay into FOLDER, draws a stand-in for every picture it names that
is not beside it, runs `bindery new` and says in `book.toml` what the pictures
show, so that the book in FOLDER/book can claim to be accessible. FOLDER is made
anew. Nothing of the essay is kept anywhere else.
"""

import re
import shutil
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from urllib.parse import unquote

PICTURE = re.compile(r"!\[[^\]]*\]\(\s*<?([^\s)>]+)>?[^)]*\)|<img\b[^>]*?\bsrc=[\"']([^\"']+)")
OPENER = re.compile(r'^#?\s*opener\s*=\s*"([^"]+)".*$', re.M)
OPENER_ALT = re.compile(r"^#?\s*opener-alt\s*=.*\n?", re.M)
REMOTE = re.compile(r"^[a-z][a-z0-9+.-]*:", re.I)
# Wide enough that no stand-in is too coarse for print.
SIZE = (1600, 1000)


def pictures(text):
    """The pictures that a text names by a path, each once, in order."""
    named = (one or other for one, other in PICTURE.findall(text))
    return list(dict.fromkeys(unquote(p) for p in named if not REMOTE.match(p)))


def chunk(kind, data):
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def png(number):
    """A picture of stripes, another one for each number."""
    width, height = SIZE
    period = 80 + 20 * number
    row = bytes(255 if x // period % 2 else 40 + 20 * (number % 8) for x in range(width))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress((b"\0" + row) * height, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def quoted(text):
    """Text as a string of TOML."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def described(toml, names):
    """`book.toml` with alternative texts for the opener and all pictures."""
    opener = OPENER.search(toml)
    if opener:
        toml = OPENER_ALT.sub("", toml)
        opener = OPENER.search(toml)
        line = opener.group(0).lstrip("# ")
        alt = 'opener-alt = "A stand-in for the picture that opens the essay: stripes."'
        toml = toml[: opener.start()] + f"{line}\n{alt}" + toml[opener.end() :]
    for number, name in enumerate(names, 1):
        toml += f"\n[images.{quoted(name)}]\n"
        toml += f'alt = "A stand-in for picture {number} of the essay: stripes."\n'
    return toml


def main(bindery, essay, folder):
    essay, folder = Path(essay), Path(folder)
    shutil.rmtree(folder, ignore_errors=True)
    source = folder / "source"
    source.mkdir(parents=True)
    copy = source / essay.name
    shutil.copyfile(essay, copy)
    for number, name in enumerate(pictures(copy.read_text(encoding="utf-8"))):
        picture = source / name
        if source.resolve() not in picture.resolve().parents:
            sys.exit(f"{name} is outside the essay's folder")
        picture.parent.mkdir(parents=True, exist_ok=True)
        own = essay.parent / name
        if own.is_file():
            shutil.copyfile(own, picture)
        else:
            picture.write_bytes(png(number))
    book = folder / "book"
    subprocess.run([bindery, "new", book, "--from", copy], check=True)
    names = []
    for chapter in sorted(book.glob("*.md")):
        names += pictures(chapter.read_text(encoding="utf-8"))
    toml = book / "book.toml"
    toml.write_text(described(toml.read_text(encoding="utf-8"), names), encoding="utf-8")
    print(f"{book}: {len(names)} pictures described")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
