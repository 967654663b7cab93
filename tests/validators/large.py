#!/usr/bin/env python3
"""A very long book, and whether it is built within bounds.

    large.py BINARY ESSAYS OUT

Writes a manuscript of 1.4 million words in a hundred chapters with 4,500
footnotes into OUT, its sentences drawn from the Markdown files in ESSAYS with a
fixed seed, builds both formats with BINARY and fails if that takes more than
2 GB of memory. Says how long it took, which is no test.
"""

import pathlib
import random
import re
import resource
import subprocess
import sys
import time

CHAPTERS = 100
WORDS = 1_400_000
NOTES = 4_500
MEMORY = 2_000_000  # kB


def sentences(folder):
    """The plain sentences of the essays: none with marks that need a partner."""
    found = []
    for file in sorted(pathlib.Path(folder).glob("0*.md")):
        for paragraph in file.read_text(encoding="utf-8").split("\n\n"):
            if re.match(r"[A-Z“]", paragraph):
                text = " ".join(paragraph.split())
                found += re.split(r"(?<=[.?!]) (?=[A-Z])", text)
    plain = re.compile(r"[\w ,.;:’'—–?!-]+")
    return [s for s in found if plain.fullmatch(s) and 4 < len(s.split()) < 60]


def write(folder, pool):
    rng = random.Random(1)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "book.toml").write_text('title = "A Very Long Book"\nlanguage = "en"\n')
    total = 0
    for chapter in range(1, CHAPTERS + 1):
        notes = NOTES // CHAPTERS
        lines = [f"# The {chapter}th chapter", ""]
        count = 0
        note = 0
        while count < WORDS / CHAPTERS:
            paragraph = " ".join(rng.choice(pool) for _ in range(rng.randint(2, 8)))
            count += len(paragraph.split())
            if note < notes and count * notes > note * WORDS / CHAPTERS:
                note += 1
                text = rng.choice(pool)
                count += len(text.split())
                lines += [f"{paragraph}[^{note}]", "", f"[^{note}]: {text}", ""]
            else:
                lines += [paragraph, ""]
            if rng.random() < 0.02:
                lines += [f"## {rng.choice(pool).rstrip('.?!')[:40].rsplit(' ', 1)[0]}", ""]
        total += count
        (folder / f"{chapter:03}.md").write_text("\n".join(lines), encoding="utf-8")
    return total


def main(binary, essays, out):
    folder = pathlib.Path(out)
    words = write(folder / "manuscript", sentences(essays))
    begin = time.monotonic()
    subprocess.run(
        [binary, "build", "--quiet", "--book", folder / "manuscript", "--out", f"{folder}/"],
        check=True,
    )
    took = time.monotonic() - begin
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(f"{words:,} words, {NOTES:,} notes: {took:.1f} s, {memory / 1000:,.0f} MB at most")
    if words < WORDS:
        sys.exit(f"only {words} words were written")
    if memory > MEMORY:
        sys.exit("more than 2 GB of memory")


if __name__ == "__main__":
    main(*sys.argv[1:])
