# SPDX-License-Identifier: Apache-2.0
"""The pages on FEEL: every function with an example that runs, the test kit's numbers as they are, every class of difference judged."""

from __future__ import annotations

import json
import re
import runpy
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from egov_flow import feel
from egov_flow.feel.functions import FUNCTIONS

REPOSITORY = Path(__file__).resolve().parents[2]
REFERENCE = (REPOSITORY / "docs/reference/feel.md").read_text("utf-8")
EXPLANATION = (REPOSITORY / "docs/explanation/feel.md").read_text("utf-8")
NOW = datetime(2026, 1, 5, 9, tzinfo=timezone(timedelta(hours=7)))
ROW = re.compile(r"^\| (?:`(?P<form>[^`]+)`)? *\| `(?P<example>[^`]+)` \| `(?P<gives>[^`]+)` \|$", re.MULTILINE)
ROWS = list(ROW.finditer(REFERENCE.partition("## Functions")[2]))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["example"])
def test_an_example_gives_what_the_page_says(row):
    found, said = (feel.compile(row[part])({}, now=NOW) for part in ("example", "gives"))

    assert (type(found), found) == (type(said), said)


def test_every_function_is_there_once_in_every_form():
    forms = [row["form"] for row in ROWS if row["form"]]

    assert sorted(forms) == sorted(form.text for overloads in FUNCTIONS.values() for form in overloads)


def test_the_page_calls_the_function_of_the_row():
    form = ""
    for row in ROWS:
        form = row["form"] or form
        assert f"{form.partition('(')[0]}(" in row["example"]


def test_the_results_of_the_test_kit_are_those_that_are_committed():
    passed = json.loads((REPOSITORY / "tests/tck/passed.json").read_text("utf-8"))

    assert [
        f"| expect {what} | {passed[kind]} |" in EXPLANATION
        for what, kind in (("a value", "value"), ("null", "null"), ("an error", "error"))
    ] == [True] * 3


def test_every_class_of_difference_is_judged(monkeypatch):
    folder = REPOSITORY / "benchmarks/peers/feelin"
    monkeypatch.syspath_prepend(str(folder))
    for name in ("expressions", "values"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    classes = runpy.run_path(str(folder / "differences.py"))["CLASSES"]

    rows = re.findall(r"^\| ([^|]+?) \|", EXPLANATION.partition("## Compared with feelin")[2], re.MULTILINE)
    assert sorted(rows[1:]) == sorted(classes)
