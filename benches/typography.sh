#!/usr/bin/env bash
# Sets eighteen chapters of a novel and prints how well, by the positions of the
# glyphs alone, beside what other programs reach with the same text, fonts and
# measure (the table in README.md).
#
#   benches/typography.sh TEXT.md [METER.py]
#
# TEXT.md: the novel, a `# ` heading for each chapter. METER.py: a program that
# takes `--natural 0.25 --table FILE.pdf`; without it only the time is printed.
set -euo pipefail
cd "$(dirname "$0")/.."
text=${1:?"usage: benches/typography.sh TEXT.md [METER.py]"}
meter=${2:-}
book=target/bench/novel
rm -rf "$book"
mkdir -p "$book"
awk -v dir="$book" '/^# /{n++} n{printf "%s\n", $0 > sprintf("%s/%03d.md", dir, n)}' "$text"
cat >"$book/book.toml" <<'TOML'
title = "Pride and Prejudice"
authors = ["Jane Austen"]
language = "en-GB"
front-matter = "listed"

[page]
trim = "6x9in"
measure = "306pt"
lines = 37

[text]
size = "11pt"
leading = "14pt"
lead = "small-caps"
hyphenation = ["Col-lins"]
TOML
cargo build -q --release
target/release/bindery pdf -v --book "$book" --out target/bench/novel.pdf
[ -z "$meter" ] || "${PYTHON:-python3}" "$meter" --natural 0.25 --table target/bench/novel.pdf
