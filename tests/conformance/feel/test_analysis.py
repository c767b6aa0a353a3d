# SPDX-License-Identifier: Apache-2.0
"""Looking at expressions before they run: what is certainly wrong is told with its place, and nothing else."""

from __future__ import annotations

from decimal import Decimal

import pytest

from egov_flow import feel
from egov_flow.errors import FeelError
from egov_flow.feel import Domain, TypeRef

NUMBER, TEXT, BOOLEAN = (Domain(type=TypeRef(kind)) for kind in ("number", "string", "boolean"))
PERSON = Domain(type=TypeRef("context"), entries={"age": Domain(type=TypeRef("number"), is_whole=True), "name": TEXT}, is_closed=True)
DOMAINS = {
    "amount": Domain(type=TypeRef("number"), low=Decimal(0)),
    "decision": Domain(type=TypeRef("string"), values=("grant", "partly", "refuse")),
    "complete": BOOLEAN,
    "applicant": PERSON,
    "people": Domain(type=TypeRef("list"), items=PERSON),
    "cost limit": NUMBER,
    "received": Domain(type=TypeRef("date")),
    "anything": Domain(),
    "open": Domain(type=TypeRef("context"), entries={"a": NUMBER}),
}


def codes(text: str, wanted: str = "") -> list[str]:
    return [found.code for found in feel.analyse(text, DOMAINS, wanted=wanted, names_known=True)]


@pytest.mark.parametrize(
    "text",
    [
        'amount > 10 and decision = "grant"',
        "cost limit > amount",
        'anything > 10 or anything = "x"',
        "open.b > 3",
        "people[age > 17].name",
        "people[1].age",
        "some p in people satisfies p.age > 17",
        'every p in people satisfies p.name = "x"',
        "for p in people, i in 1..p.age return i + partial[-1]",
        "sum(for p in people return p.age) > 3",
        "count(people) > 0",
        'received + duration("P10D") < today()',
        'received - today() > duration("P1D")',
        "received.year = 2026",
        "amount in [1..5] or amount in (1, > 7)",
        'decision in ("grant", "partly")',
        "decision = null",
        "amount between 1 and 5",
        'if complete then amount else "none"',
        "{total: amount * 2, twice: total * 2}.twice > 3",
        "(function(a: number) a + 1)(amount)",
        "sort(people, function(a, b) a.age < b.age)[1].name",
        "anything.a.b[x > 1].c",
        "string(amount) + decision",
        "substring(decision, 1)",
        "min(amount, 3) = 3",
        "-amount < 0",
        '[1, "a"][1] = 1',
        "not(complete)",
        "amount instance of number",
        'get value(applicant, "age")',
        "date(received) = received",
    ],
)  # fmt: skip
def test_what_can_be_right_is_not_remarked(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("aplicant.age > 1", "EF-F101", 1),
        ("for x in people return y", "EF-F101", 24),
        ("people[agee > 17]", "EF-F101", 8),
        ('amount > "10"', "EF-F102", 8),
        ('complete = "yes"', "EF-F102", 10),
        ("complete > complete", "EF-F102", 10),
        ("now() > received", "EF-F102", 7),
        ('amount in ["a".."b"]', "EF-F102", 11),
        ('applicant.age between "a" and 3', "EF-F102", 15),
        ('amount + "x"', "EF-F103", 8),
        ("received + 5", "EF-F103", 10),
        ("-complete", "EF-F103", 1),
        ("substring(amount, 1)", "EF-F104", 1),
        ("upper case(applicant)", "EF-F104", 1),
        ("amount and complete", "EF-F105", 1),
        ("if amount then 1 else 2", "EF-F105", 4),
        ("people[name]", "EF-F105", 7),
        ('applicant.nam = "x"', "EF-F106", 10),
        ("amount.value", "EF-F106", 7),
        ("received.hour", "EF-F106", 9),
        ("some p in people satisfies p.ag > 1", "EF-F106", 29),
        ('decision = "grnat"', "EF-F107", 10),
        ('decision in ("grant", "no")', "EF-F107", 23),
        ("if amount > 5 and amount < 3 then 1 else 2", "EF-F108", 15),
        ("if amount < 0 then 1 else 2", "EF-F108", 11),
        ("if amount >= 0 then 1 else 2", "EF-F109", 11),
        ("for x in [1] return\n  x.y + aplicant", "EF-F101", 9),
    ],
)
def test_what_is_certainly_wrong_is_remarked_with_its_place(text: str, code: str, column: int) -> None:
    found = [f for f in feel.analyse(text, DOMAINS, names_known=True, file="x.bpmn") if f.code == code]
    assert [(f.place.file, f.place.column, f.severity) for f in found] == [("x.bpmn", column, "warning")]
    assert not any("{" in text for f in found for text in (f.message(), f.hint(), f.message("id"), f.hint("id")))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("amount > 3", []),
        ("amount", ["EF-F105"]),
        ("amount < 0", ["EF-F108"]),
        ("amount >= 0", ["EF-F109"]),
        ("not(complete) and complete", ["EF-F108"]),
        ("applicant.age = 1.5", ["EF-F108"]),
        ('decision = "no"', ["EF-F107"]),
        ("anything", []),
        ("null", []),
    ],
)
def test_a_condition_must_be_able_to_hold_and_to_fail(text: str, found: list[str]) -> None:
    assert codes(text, "boolean") == found


def test_names_are_only_unknown_where_all_are_known() -> None:
    assert feel.analyse("nobody > 1", DOMAINS) == ()


def test_a_name_bound_inside_hides_the_variable() -> None:
    assert codes('for amount in ["a"] return amount + "b"') == []
    assert codes('{amount: "a", b: amount + "b"}.b') == []


def test_the_hint_names_what_was_meant() -> None:
    found = feel.analyse("aplicant.age > 1", DOMAINS, names_known=True)[0]
    assert "applicant" in found.hint()
    assert "grant" in feel.analyse('decision = "grnat"', DOMAINS)[0].hint()


def test_what_does_not_parse_raises_as_compiling_does() -> None:
    with pytest.raises(FeelError) as error:
        feel.analyse("a = = b")
    assert error.value.code == "EF-F003"


def test_the_domain_of_a_result_is_inferred() -> None:
    found = feel.infer("{total: amount + 1, name: applicant.name, list: people[age > 1]}", DOMAINS)
    assert {key: entry.type.name for key, entry in found.entries.items()} == {"total": "number", "name": "string", "list": "list"}
    assert found.is_closed


def test_a_function_knows_the_type_of_its_result() -> None:
    for text, expected in [('(function() "a")', True), ("(function() 1)", False), ("(function(x: string) upper case(x))", True)]:
        inner = "string" if "x" in text else ""
        assert feel.evaluate(f"{text} instance of function<{inner}> -> string") is expected
