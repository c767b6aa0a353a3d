# SPDX-License-Identifier: Apache-2.0
"""Every Python block of the documentation runs, page by page, as a reader would type it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser

REPOSITORY = Path(__file__).resolve().parents[2]
SYBIL = Sybil(parsers=[PythonCodeBlockParser(), SkipParser()])
BLOCK = "```python"
PAGES = [
    page
    for page in sorted([*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md"), *(REPOSITORY / "processes").rglob("*.md")])
    if "_build" not in page.parts and BLOCK in page.read_text("utf-8")
]


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """An empty folder with the procedures in it, as the pages assume."""
    if (REPOSITORY / "processes").is_dir():
        (tmp_path / "processes").symlink_to(REPOSITORY / "processes")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(REPOSITORY).as_posix())
def test_the_examples_of_a_page_run(page, desk):
    document = SYBIL.parse(page)
    examples = list(document.examples())

    for example in examples:
        example.evaluate()

    assert examples


def test_the_tutorial_has_examples():
    assert REPOSITORY / "docs/tutorial/first_procedure.md" in PAGES


def test_a_wrong_example_is_noticed(desk):
    page = desk / "page.md"
    page.write_text("```python\nassert 1 == 2\n```\n", "utf-8")

    with pytest.raises(AssertionError):
        next(iter(SYBIL.parse(page).examples())).evaluate()
