# SPDX-License-Identifier: Apache-2.0
"""Other engines, measured as peers: each in its own environment, because their licences and versions are not ours.

A peer is a folder `peers/<name>/` with `requirements.txt` and `measure.py`, which prints `name: value unit` lines. Its environment lies in
`.peers/<name>` and is made once per requirements.txt.
"""

from __future__ import annotations

import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figure import Figure

FOLDER = Path(__file__).resolve().parent / "peers"
ENVIRONMENTS = Path(__file__).resolve().parent.parent / ".peers"


def figures_of_peers(names: list[str]) -> Iterator[Figure]:
    """Measure the named peers, or all, and give each figure as the peer prints it."""
    peers = {file.parent.name: file.parent for file in sorted(FOLDER.glob("*/measure.py"))}
    if not peers:
        print("no peer is set up in benchmarks/peers", file=sys.stderr)
    for name in names or peers:
        run = subprocess.run([_python_of(peers[name]), peers[name] / "measure.py"], stdout=subprocess.PIPE, text=True, check=True)
        yield from (Figure.parse(line) for line in run.stdout.splitlines() if line.strip())


def _python_of(peer: Path) -> Path:
    """Return the interpreter of the peer's environment, made anew where its requirements changed."""
    place, wanted = ENVIRONMENTS / peer.name, (peer / "requirements.txt").read_text("utf-8")
    python, stamp = place / "bin" / "python", place / "installed.txt"
    if not stamp.exists() or stamp.read_text("utf-8") != wanted:
        print(f"installing {peer.name} ...", file=sys.stderr)
        venv.create(place, clear=True, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", peer / "requirements.txt"], check=True)
        stamp.write_text(wanted, "utf-8")
    return python
