# SPDX-License-Identifier: Apache-2.0
"""Where a name ends: adjacent words, and the names that are known."""

from __future__ import annotations

import pytest

from egov_flow import feel
from egov_flow.data import freeze


def test_adjacent_words_are_one_name() -> None:
    assert feel.compile("Applicant age >= 18").names == {"Applicant age"}
    assert feel.evaluate("Applicant  age >= 18", {"Applicant age": 20}) is True
    assert feel.evaluate("request.full name", {"request": {"full name": "Sari"}}) == "Sari"


def test_a_name_with_symbols_is_read_where_it_exists() -> None:
    assert feel.evaluate("cost/benefit + 1", {"cost/benefit": 2}) == 3
    assert feel.evaluate("cost/benefit", {"cost": 6, "benefit": 2}) == 3
    assert feel.evaluate("first-name", {"first-name": "Sari"}) == "Sari"


def test_a_name_with_keywords_is_read_where_it_is_known() -> None:
    found = feel.compile("time in office > 5", frozenset(["time in office"]))
    assert found.names == {"time in office"}
    assert found(freeze({"time in office": 6})) is True


def test_the_longest_known_name_wins() -> None:
    scope = {"a-b": 1, "a-b-c": 2}
    assert feel.evaluate("a-b-c", scope) == 2
    assert feel.evaluate("a-b - 1", scope) == 0


def test_a_known_name_does_not_cut_a_longer_one_short() -> None:
    assert feel.evaluate("person.first name suffix", {"first name": 1, "person": {"first name suffix": "S.H."}}) == "S.H."


def test_names_bound_inside_may_hold_spaces_and_symbols() -> None:
    assert feel.evaluate("for order line in [1, 2] return order line * 2") == (2, 4)
    assert feel.evaluate('{first-name: "Sari", greeting: "Hi " + first-name}.greeting') == "Hi Sari"
    assert feel.evaluate("{f: function(a b) a b + 1, y: f(2)}.y") == 3


def test_names_may_be_words_of_any_script() -> None:
    assert feel.evaluate("jumlah_é + 名前 + 🐎", {"jumlah_é": 1, "名前": 2, "🐎": 3}) == 6


@pytest.mark.parametrize("name", ["date", "time", "string", "count", "of", "item"])
def test_names_of_functions_and_soft_words_are_free_for_variables(name: str) -> None:
    assert feel.evaluate(f"{name} = 7", {name: 7}) is True


def test_date_and_time_is_a_function_and_also_two_conditions() -> None:
    assert feel.evaluate('date and time("2026-01-01T00:00:00").year') == 2026
    assert feel.evaluate("date and time", {"date": True, "time": False}) is False
