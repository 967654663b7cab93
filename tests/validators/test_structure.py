#!/usr/bin/env python3
"""What structure.py must find and what it must let pass."""

import structure

DUMP = r'''book "T" lang=en
  aut "A Name"
  contents contents Front
  chapter one Main number=1
    title "A title"
    subtitle "Below it"
    opener image o.png alt="The \"opener\""
    paragraph "Words with a note" note(n) " and a " link #two("link") " and " span means="M"("m") "."
    heading 2 #s "Section"
    list numbers from 3 loose
      item
        paragraph "three"
      item
        list bullets tight
          item
            paragraph "deep"
    admonition Note
      paragraph "Set apart."
    quote
      paragraph "Quoted."
      source "Who"
    figure
      image a.png alt="Shown"
      image b.svg decorative
      caption "A caption"
    table start end
      head | "One | two" |  |
      row | "a" | emph("b") |
    code rust
      "let x = 1;"
    math "x^2"
    verse
      stanza
        line 0 "First line"
        line 1 "second"
    definitions
      term "Term"
      meaning
        paragraph "What it means."
    scene break
  note 1 "n" chapter=1
    paragraph "The note."
'''
PDF = '''Document
  Figure
    ""
  Sect
    H1 (block)
      "Contents"
    TOC
      TOCI
        Span (inline)
          "A title"
        "1"
  Sect
    Figure:
       /Placement /Block
      ""
    P (block)
      "one"
    H1 (block)
      "A title"
    P (block)
      "Below it"
    P (block)
      "W"
      "ords with a note"
      Reference (inline)
        Link (inline)
          "1"
          Object 1 0
      " and a "
      Link (inline)
        "link (p. 7)"
        Object 2 0
      " and "
      Span (inline)
        "m"
      "."
    H2 (block)
      "Section"
    L (block):
       /ListNumbering /Decimal
      LI (block)
        Lbl (block)
          "3."
        LBody (block)
          P (block)
            "three"
      LI (block)
        Lbl (block)
          "4."
        LBody (block)
          L (block):
             /ListNumbering /Disc
            LI (block)
              Lbl (block)
                "\u2022"
              LBody (block)
                P (block)
                  "deep"
    Note <note-000001> (inline)
      Lbl (block)
        Link (inline)
          "1"
          Object 3 0
      P (block)
        "The note."
    Div
      P (block)
        "Note"
      P (block)
        "Set apart."
    BlockQuote
      P (block)
        "Quoted."
      P (block)
        "Who"
    Div
      Figure
        ""
      Caption
        "A caption"
    Table
      THead
        TR
          TH:
             /Scope /Column
            "One | two"
          TH
            " "
      TBody
        TR
          TD
            "a"
          TD
            "b"
    Code (inline)
      "let x = 1;"
    Formula
      "x^2"
    P (block)
      Span (inline)
        "First line"
      Span (inline)
        "second"
    L (block)
      LI (block)
        Lbl (block)
          "Term"
        LBody (block)
          P (block)
            "What it means."
'''
ALTS = [[], ['The "opener"', "Shown"]]
FAIL = {
    "a heading of another level": ("H2 (block)", "H3 (block)"),
    "a heading as a paragraph": ("H2 (block)", "P (block)"),
    "other words in a heading": ('"Section"', '"Chapter"'),
    "a lost paragraph": ('    P (block)\n      "Below it"\n', ""),
    "words that are not the model's": ('"Quoted."', '"Quoted otherwise."'),
    "a list of another number": ('"4."', '"5."'),
    "a list without its items' labels": ('        Lbl (block)\n          "3."\n', ""),
    "a flat list": ("          L (block):", "          LX (block):"),
    "a cell too few": ('          TD\n            "b"\n', ""),
    "a head without heads": ("      THead\n", "      TBody\n"),
    "a quotation as text": ("    BlockQuote", "    Div"),
    "a lost caption": ("      Caption\n", "      P\n"),
    "a lost note": ("    Note <note-000001> (inline)", "    Div"),
    "other words in a note": ('"The note."', '"Another one."'),
    "a lost link": ("      Link (inline)\n        \"link", "      Span (inline)\n        \"link"),
    "code as text": ("    Code (inline)", "    P (block)"),
    "a lost formula": ("    Formula\n", "    Figure\n"),
    "a lost line of verse": ('      Span (inline)\n        "second"\n', ""),
    "a chapter too many": ("Document\n", "Document\n  Sect\n    P\n"),
}


def faults(pdf, alts=ALTS):
    model = structure.read_model(DUMP.rstrip("\n").split("\n"))
    return structure.faults_of(model, structure.read_pdf(structure.read_tree(pdf), alts))


assert not faults(PDF), faults(PDF)
for name, (old, new) in FAIL.items():
    assert old in PDF, name
    assert faults(PDF.replace(old, new, 1)), name
assert faults(PDF, [[], ['The "opener"']]), "a lost alternative text"
assert faults(PDF, [[], ['The "opener"', "Something else"]]), "another alternative text"

OBJECTS = {
    "qpdf": [
        {},
        {
            "trailer": {"value": {"/Root": "1 0 R"}},
            "obj:1 0 R": {"value": {"/StructTreeRoot": "2 0 R"}},
            "obj:2 0 R": {"value": {"/K": ["3 0 R"]}},
            "obj:3 0 R": {"value": {"/S": "/Document", "/K": ["4 0 R", "5 0 R"]}},
            "obj:4 0 R": {"value": {"/S": "/Figure", "/Alt": "u:cover"}},
            "obj:5 0 R": {"value": {"/S": "/Sect", "/K": "6 0 R"}},
            "obj:6 0 R": {"value": {"/S": "/P", "/K": [0, "7 0 R", {"/MCID": 1}]}},
            "obj:7 0 R": {"value": {"/S": "/Figure", "/Alt": "u:said"}},
        },
    ]
}
assert structure.alternative_texts(OBJECTS) == [["said"]]
print(f"structure.py: {len(FAIL) + 4} cases hold")
