# SPDX-License-Identifier: Apache-2.0
"""`python -m tests.tck [FOLDER] [--failed]`: run the DMN TCK, levels 2 and 3, and print one line for each suite."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from pathlib import Path

from tests.tck.report import Report
from tests.tck.running import run_suite, suites

KINDS = ("value", "null", "error")


def main() -> int:
    """Print the table and the totals; 2 if the TCK is not there."""
    parser = argparse.ArgumentParser(prog="python -m tests.tck", description="Run the DMN TCK on our FEEL.")
    root = os.environ.get("EGOV_DATA")
    default = (Path(root) if root else Path(__file__).resolve().parents[3] / "shared" / "data") / "dmn-tck"
    parser.add_argument("folder", nargs="?", type=Path, default=default)
    parser.add_argument("--failed", action="store_true", help="list each case that failed, with what was found")
    chosen = parser.parse_args()
    if not (chosen.folder / "TestCases").is_dir():
        print(f"{chosen.folder} holds no DMN TCK; name its folder, or set EGOV_DATA", file=sys.stderr)
        return 2
    report = Report([outcome for folder in suites(chosen.folder) for outcome in run_suite(folder)])
    _print(report, failed=chosen.failed)
    return 0


def _print(report: Report, *, failed: bool) -> None:
    width = max(len(suite) for suite in report.suites)
    print(f"{'suite':<{width}}  {'value':>9}  {'null':>9}  {'error':>9}  waits for")
    for suite, outcomes in report.suites.items():
        cells = [f"{score!s:>9}" for score in (Report(outcomes).score(kind) for kind in KINDS)]
        waits = Counter(o.waits_for for o in outcomes if o.waits_for)
        print(f"{suite:<{width}}  {'  '.join(cells)}  {', '.join(f'{n} {name}' for name, n in sorted(waits.items()))}".rstrip())
        if failed:
            for o in outcomes:
                if not o.passed and not o.waits_for:
                    print(f"    {o.case}: {o.found}")
    print()
    print("decided by FEEL alone, passed of all:")
    for kind in KINDS:
        print(f"  {kind}: {report.score(kind)} ({report.score(kind).percent:.1f} %)")
    print(f"  null or error: {report.score('null', 'error')} ({report.score('null', 'error').percent:.1f} %)")
    print("not decided by FEEL, counted as not passed:")
    for name, count in sorted(report.waiting.items()):
        print(f"  {name}: {count}")
    print(f"tck: {report.passed} of {len(report.outcomes)}")


if __name__ == "__main__":
    sys.exit(main())
