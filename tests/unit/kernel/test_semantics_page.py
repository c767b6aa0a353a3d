# SPDX-License-Identifier: Apache-2.0
"""The page on semantics names a test for every choice, and each of them exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "explanation" / "semantics.md").read_text("utf-8")
NAMED = re.findall(r"`(test_\w+): ([^`]+)`", PAGE)


@pytest.mark.parametrize(("module", "names"), NAMED, ids=lambda part: part[:60])
def test_a_test_that_the_page_names_exists(module, names):
    (file,) = (file for folder in ("unit/kernel", "laws") if (file := ROOT / "tests" / folder / f"{module}.py").exists())
    source = file.read_text("utf-8")

    for name in names.split(", "):
        wanted = f'"{name}"' if name.startswith("EF-") else f"def test_{name.rstrip('_…')}"
        assert wanted in source


CORNERS = {name for group in re.findall(r"corners? (`\w+`(?:, `\w+`)*)", PAGE) for name in re.findall(r"`(\w+)`", group)}


@pytest.mark.parametrize("name", sorted(CORNERS))
def test_a_corner_case_that_the_page_names_exists(name):
    assert (ROOT / "tests" / "corners" / f"{name}.bpmn").is_file()


def test_the_page_names_a_test_for_each_choice():
    assert len(NAMED) > 60
    assert len(CORNERS) >= 40
