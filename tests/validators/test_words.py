#!/usr/bin/env python3
"""What words.py must find and what it must let pass."""

import os
import tempfile

import words

DUMP = r'''book "T" lang=en
  aut "A Name"
  preface 01-p Front
    title "Preface"
    paragraph "This is the preface, un" span means="not compared"("believ") "able." soft "Yes" note(n) " it is" image x.png alt="a \"t\"" " the end."
    figure
      image a.png alt="not compared"
      caption "A fine caption of it"
    table start
      head | "A one" | "B" |
      row | "c" | "d" |
    code rust
      "let x = 1;"
  note 1 "n" chapter=0
    paragraph "The note says words."
'''
TAIL = "A one B c d\nlet x = 1;\n1 The note says words.\nA fine caption of it\n"
PASS = [
    "Preface\nThis is the preface, unbelievable. Yes it is the end.\n" + TAIL,
    "Contents Preface 3\nPREFACE\nT\nhis is the pref-\nace, unbeliev\u00ad\n\f12 Head\nable. "
    "Yes1 it is the end.\n" + TAIL,
]
FAIL = {
    "missing": "Preface\nThis is the preface, unbelievable. it is the end.\n" + TAIL,
    "glued": "Preface\nThis isthe preface, unbelievable. Yes it is the end.\n" + TAIL,
    "torn": "Preface\nThis is the preface, unbe lievable. Yes it is the end.\n" + TAIL,
    "above": "This is the preface, unbelievable. Yes it is the end.\n" + TAIL,
    "not there": "Preface\nThis is the preface, unbelievable. Yes it is the end.\n"
    + TAIL.replace("fine", "fair"),
    "missing at": "Preface\nThis is preface the, unbelievable. Yes it is the end.\n" + TAIL,
}


def compare(path, text):
    chapters, notes = words.read_model(path)
    output = words.Comparison("text", text)
    for chapter in chapters:
        output.chapter(chapter)
    for note in notes:
        for part in note.flow:
            output.anywhere(note, part)
    return output.faults


RTL = "A word \u05e1\u05e4\u05e8 in a line."
assert words.Stream(RTL).letters == "Aword\u05e1\u05e4\u05e8inaline"
assert words.Stream(RTL, rtl=False).letters == "Awordinaline"

with tempfile.TemporaryDirectory() as folder:
    model = os.path.join(folder, "model")
    with open(model, "w", encoding="utf-8") as file:
        file.write(DUMP)
    for text in PASS:
        assert not compare(model, text), compare(model, text)
    for word, text in FAIL.items():
        faults = compare(model, text)
        assert any(word in fault for fault in faults), (word, faults)
print(f"words.py: {len(PASS) + len(FAIL)} cases hold")
