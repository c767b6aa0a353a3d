# SPDX-License-Identifier: Apache-2.0
"""The documentation names what exists: links lead somewhere, every room and every make word is described."""

from __future__ import annotations

import pkgutil
import re
import runpy
from pathlib import Path

import pytest

import egov_flow
import egov_flow.errors
from egov_flow.texts import catalogue

REPOSITORY = Path(__file__).resolve().parents[2]
PAGES = [p for p in sorted([*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md")]) if "_build" not in p.parts]
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(REPOSITORY).as_posix())
def test_a_link_leads_to_a_file(page):
    assert [link for link in LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()] == []


def test_every_room_is_described():
    text = (REPOSITORY / "docs/explanation/rooms.md").read_text("utf-8")
    rooms = [room.name for room in pkgutil.iter_modules(egov_flow.__path__) if not room.name.startswith("_")]

    assert [room for room in rooms if f"| `{room}` |" not in text] == []


def test_every_word_of_make_says_what_it_does():
    makefile = (REPOSITORY / "Makefile").read_text("utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split()

    assert [word for word in phony if not re.search(rf"^{word}:.*## \S", makefile, re.MULTILINE)] == []


def test_the_readme_is_short():
    assert len((REPOSITORY / "README.md").read_text("utf-8").splitlines()) <= 150


def test_every_word_of_the_glossary_is_there_once():
    text = (REPOSITORY / "docs/glossary.md").read_text("utf-8")
    words = re.findall(r"^\| ([a-z -]+) \|", text, re.MULTILINE)
    words = [word for word in words if word != "word"]

    assert len(words) > 30
    assert sorted(set(words)) == sorted(words)


def test_every_public_name_is_in_the_reference():
    text = (REPOSITORY / "docs/reference/api.md").read_text("utf-8")
    errors = {name for name in egov_flow.__all__ if name[0].isupper() and name in egov_flow.errors.__all__}

    assert [name for name in egov_flow.__all__ if f":: egov_flow.{name}" not in text and name not in errors] == []


def test_every_code_is_in_the_page_of_messages():
    page = runpy.run_path(str(REPOSITORY / "docs/conf.py"))["messages_page"]()

    assert [code for code in catalogue("en") if f"### {code}\n" not in page] == []
