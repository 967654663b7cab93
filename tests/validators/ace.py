#!/usr/bin/env python3
"""Prints what Ace has found in a book, one line each.

    ace.py report.json

Exit code 1 if there is anything.
"""

import json
import sys


def main(path):
    with open(path, encoding="utf-8") as file:
        report = json.load(file)
    found = 0
    for page in report["assertions"]:
        url = page["earl:testSubject"]["url"]
        for assertion in page["assertions"]:
            test = assertion["earl:test"]
            text = " ".join(assertion["earl:result"]["dct:description"].split())
            print(f"{test['earl:impact']}: {url}: {test['dct:title']}: {text[:160]}")
            found += 1
    print(f"Ace: {report['earl:result']['earl:outcome']}, {found} findings")
    return 1 if found else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
