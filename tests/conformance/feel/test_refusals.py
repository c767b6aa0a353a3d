# SPDX-License-Identifier: Apache-2.0
"""What does not parse: one clear error with place, what was expected, and a hint."""

from __future__ import annotations

import pytest

from egov_flow import feel
from egov_flow.errors import FeelError


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("", "EF-F003", (1, 1)),
        ("1 +", "EF-F003", (1, 4)),
        ("a == 1", "EF-F003", (1, 4)),
        ("a >\n  1 1", "EF-F003", (2, 5)),
        ("a && b", "EF-F002", (1, 3)),
        ("'text'", "EF-F003", (1, 1)),
        ('"open', "EF-F009", (1, 1)),
        ("1 /* open", "EF-F009", (1, 3)),
        ('"\\uD800"', "EF-F009", (1, 1)),
        ("if a then b", "EF-F003", (1, 12)),
        ("a = b = c", "EF-F003", (1, 7)),
        ("(1", "EF-F003", (1, 3)),
        ("[1, 2", "EF-F003", (1, 6)),
        ("x instance of thing", "EF-F003", (1, 15)),
        ('@"soon"', "EF-F008", (1, 1)),
        ("{a: 1, a: 2}", "EF-F015", (1, 8)),
        ("{__class__: 1}", "EF-F015", (1, 2)),
        ("nosuch(1)", "EF-F006", (1, 1)),
        ("count()", "EF-F007", (1, 1)),
        ('substring(text: "a")', "EF-F007", (1, 1)),
        ("function(x) external {}", "EF-F014", (1, 13)),
        ("1 in (!= 2)[1]", "EF-F014", (1, 6)),
    ],
)
def test_a_text_that_does_not_parse_is_refused_with_its_place(text: str, code: str, place: tuple[int, int]) -> None:
    with pytest.raises(FeelError) as error:
        feel.compile(text)
    assert error.value.code == code
    assert (error.value.line, error.value.column) == place
    assert "{" not in error.value.text("en").replace(text, "")
    assert error.value.text("id") != error.value.text("en")


def test_the_error_says_what_was_expected() -> None:
    with pytest.raises(FeelError, match='at 1:11: expected "then", found the end'):
        feel.compile("if a > 1  ")


def test_an_unknown_function_names_its_neighbours() -> None:
    with pytest.raises(FeelError, match="Similar functions: substring"):
        feel.compile('sub string("a", 1)')


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("${amount > 1000 && risk == 'low'}", 'Write: amount > 1000 and risk = "low"'),
        ("#{!approved || amount gt 5}", "Write: not(approved) or amount > 5"),
        ("${approved", "Write: approved"),
    ],
)
def test_camunda_7_expressions_are_refused_with_the_feel_they_should_be(text: str, hint: str) -> None:
    with pytest.raises(FeelError) as error:
        feel.compile(text)
    assert error.value.code == "EF-F005"
    assert hint in str(error.value)
    feel.compile(hint.removeprefix("Write: "))


def test_a_function_that_only_an_item_could_hold_is_refused_when_it_is_called() -> None:
    found = feel.compile("[1][nosuch(item)]")
    with pytest.raises(FeelError) as error:
        found({})
    assert error.value.code == "EF-F006"


def test_an_error_never_holds_case_data() -> None:
    for text in ("date(secret)", "duration(secret)", "matches(secret, secret)", "time(secret)"):
        with pytest.raises(FeelError) as error:
            feel.evaluate(
                text, {"secret": {"date": "99999-01-01", "dura": "P1DT0.1234567S", "matc": "(?=x)", "time": "10:00:00.1234567"}[text[:4]]}
            )
        assert "99999" not in str(error.value)
        assert "1234567" not in str(error.value)
        assert "?=" not in str(error.value)


def test_an_expression_is_a_string() -> None:
    with pytest.raises(TypeError):
        feel.compile(5)  # type: ignore[arg-type]
