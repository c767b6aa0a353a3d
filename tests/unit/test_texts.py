# SPDX-License-Identifier: Apache-2.0
"""Every code has its sentences, in every language, and nothing is said that no code can say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from egov_flow.texts import LANGUAGES, catalogue, render

REPOSITORY = Path(__file__).resolve().parents[2]
CODE = re.compile(r"EF-[A-Z]\d{3}\b")
PLACEHOLDER = re.compile(r"\{(\w+)\}")


def _used_codes():
    files = [file for tree in ("src", "adapters") for file in (REPOSITORY / tree).rglob("*.py")]
    examples = {"EF-B014"}  # the example in docstrings of Finding
    return {code for file in files for code in CODE.findall(file.read_text("utf-8"))} - (examples - set(catalogue("en")))


def test_every_code_in_the_source_has_a_text():
    assert _used_codes() - set(catalogue("en")) == set()


def test_every_text_is_used():
    assert set(catalogue("en")) - _used_codes() == set()


def test_every_language_has_the_same_codes():
    for language in LANGUAGES:
        assert set(catalogue(language)) ^ set(catalogue("en")) == set(), language


def _differences(code, language):
    """Yield what a text has otherwise than its English original."""
    entry, english = catalogue(language)[code], catalogue("en")[code]
    if set(entry) != set(english) or not set(entry) <= {"message", "hint"} or not entry["message"].strip():
        yield f"{code} {language}: other parts"
    for part in set(english) & set(entry):
        if set(PLACEHOLDER.findall(entry[part])) != set(PLACEHOLDER.findall(english[part])):
            yield f"{code} {language} {part}: other placeholders"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_says_the_same_in_every_language(language):
    assert [difference for code in catalogue("en") for difference in _differences(code, language)] == []


def test_every_text_is_translated():
    english, indonesian = catalogue("en"), catalogue("id")

    assert [code for code in english if indonesian[code]["message"] == english[code]["message"]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_texts_of_a_language_stand_in_the_same_files(language):
    folder = REPOSITORY / "src/egov_flow/texts"

    assert {f.name for f in (folder / language).iterdir()} == {f.name for f in (folder / "en").iterdir()}


def test_a_placeholder_is_filled_by_its_name_only():
    arguments = {"path": "{depth} {path.__class__}", "depth": "64", "count": "9"}

    assert render("EF-D003", "message", arguments) == "{depth} {path.__class__} is not a finite number"


def test_an_unknown_code_is_a_fault_of_ours_and_says_so():
    with pytest.raises(KeyError, match="EF-Z999"):
        render("EF-Z999", "message", {})
