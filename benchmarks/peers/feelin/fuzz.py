# SPDX-License-Identifier: Apache-2.0
"""Compare our FEEL with feelin on random expressions: `make fuzz-feel`, or `python benchmarks/peers/feelin/fuzz.py [--seed N] [--count N] [--show CLASS]`.

Needs node and npm; feelin is installed into .peers/feelin, for development only. Each difference belongs to a class that docs/explanation/feel.md
judges; one that belongs to none fails the run.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Self

from differences import UNJUDGED, judged
from expressions import SCOPE, Tree, expressions
from values import close, ours, theirs

FOLDER = Path(__file__).resolve().parent
SHOWN = 40
PLACE = FOLDER.parents[2] / ".peers" / "feelin"


def main() -> int:
    """Print each class of difference with its number; 1 if one has not been judged, 2 if node is not there."""
    parser = argparse.ArgumentParser(prog="fuzz.py", description="Compare our FEEL with feelin.")
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--show", default=UNJUDGED, help="class whose differences are listed")
    chosen = parser.parse_args()
    if not (shutil.which("node") and shutil.which("npm")):
        print("node and npm are needed", file=sys.stderr)
        return 2
    compared = Counter(_compare(chosen))
    for name, count in compared.most_common():
        print(f"{name or 'the same'}: {count}")
    return 1 if compared[UNJUDGED] else 0


def _compare(chosen: argparse.Namespace) -> Iterator[str]:
    """Yield the class of each difference, "" for none; print those of the class that was asked for."""
    _install()
    shown = 0
    with Feelin() as feelin:
        for tree in dict.fromkeys(expressions(chosen.seed, chosen.count)):
            least = feelin.least(tree)
            name = "" if least is None else judged(least, ours(least.text, SCOPE), feelin.value(least.text))
            if least is not None and name == chosen.show and shown < SHOWN:
                shown += 1
                print(f"  {least.form}    {least.text}\n    ours:   {ours(least.text, SCOPE)}\n    feelin: {feelin.value(least.text)}")
            yield name


class Feelin:
    """feelin in a process of its own, asked line by line."""

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(["node", PLACE / "evaluate.mjs"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.known: dict[str, object] = {}
        return self

    def __exit__(self, *_: object) -> None:
        self.process.communicate()

    def value(self, text: str) -> object:
        """Return what feelin gives."""
        if text not in self.known:
            assert self.process.stdin is not None
            assert self.process.stdout is not None
            self.process.stdin.write(json.dumps({"text": text, "scope": SCOPE}) + "\n")
            self.process.stdin.flush()
            self.known[text] = theirs(json.loads(self.process.stdout.readline(), parse_float=Decimal))
        return self.known[text]

    def least(self, tree: Tree) -> Tree | None:
        """Return the least part of an expression on which the two differ; None if they do not differ on the whole."""
        if close(ours(tree.text, SCOPE), self.value(tree.text)):
            return None
        return next((found for part in tree.parts if (found := self.least(part))), tree)


def _install() -> None:
    """Put feelin into its place, anew where the wanted version changed."""
    wanted = (FOLDER / "package.json").read_text("utf-8")
    stamp = PLACE / "installed.json"
    PLACE.mkdir(parents=True, exist_ok=True)
    shutil.copy(FOLDER / "evaluate.mjs", PLACE / "evaluate.mjs")
    if not stamp.exists() or stamp.read_text("utf-8") != wanted:
        print("installing feelin ...", file=sys.stderr)
        (PLACE / "package.json").write_text(wanted, "utf-8")
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=PLACE, check=True)
        stamp.write_text(wanted, "utf-8")


if __name__ == "__main__":
    sys.exit(main())
