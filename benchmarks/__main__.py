# SPDX-License-Identifier: Apache-2.0
"""Run the measurements, print `name: value unit` and write results.json.

    python -m benchmarks [PART ...] [--peers]

PART picks the files `bench_<part>.py`. Only a run of all of them replaces results.json; a partial one updates its own figures.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.figure import Figure
from benchmarks.peers import figures_of_peers

FOLDER = Path(__file__).resolve().parent
RESULTS = FOLDER / "results.json"


def main(arguments: list[str] | None = None) -> int:
    """Return 0, or 1 if a part failed or measures nothing."""
    known = sorted(file.stem.removeprefix("bench_") for file in FOLDER.glob("bench_*.py"))
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure egov_flow.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"one or more of: {', '.join(known)}")
    parser.add_argument("--peers", action="store_true", help="measure the engines in benchmarks/peers instead, each in its own environment")
    chosen = parser.parse_args(arguments)
    unknown = set(chosen.parts) - set(known)
    if unknown and not chosen.peers:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    results, failed = _collect(figures_of_peers(chosen.parts)) if chosen.peers else _measure(chosen.parts or known)
    if not chosen.peers:
        _write(results, keep=bool(chosen.parts) or bool(failed))
    return 1 if failed else 0


def _measure(parts: list[str]) -> tuple[dict[str, float], bool]:
    results: dict[str, float] = {}
    failed = False
    for part in parts:
        found, broken = _collect(importlib.import_module(f"benchmarks.bench_{part}").figures())
        results |= found
        failed = failed or broken or not found
    return results, failed


def _collect(figures: Iterable[Figure]) -> tuple[dict[str, float], bool]:
    results: dict[str, float] = {}
    try:
        for figure in figures:
            print(figure, flush=True)
            results[figure.name] = figure.value
    except Exception:  # noqa: BLE001 - one broken measurement must not hide the others; it is printed and fails the run
        traceback.print_exc()
        return results, True
    return results, False


def _write(results: dict[str, float], *, keep: bool) -> None:
    old: dict[str, float] = json.loads(RESULTS.read_text("utf-8")) if keep and RESULTS.exists() else {}
    RESULTS.write_text(json.dumps(dict(_sorted(old | results)), indent=2) + "\n", "utf-8")


def _sorted(results: dict[str, float]) -> Iterator[tuple[str, float]]:
    return ((name, float(f"{value:.6g}")) for name, value in sorted(results.items()))


if __name__ == "__main__":
    sys.exit(main())
