# SPDX-License-Identifier: Apache-2.0
"""Conditions side by side: overlaps, gaps and conditions that never hold, each with an example."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from time import process_time

import pytest

from egov_flow import feel
from egov_flow.errors import FeelError
from egov_flow.feel import Domain, TypeRef

DOMAINS = {
    "amount": Domain(type=TypeRef("number"), low=Decimal(0)),
    "decision": Domain(type=TypeRef("string"), values=("grant", "partly", "refuse")),
    "applicant": Domain(type=TypeRef("context"), entries={"age": Domain(type=TypeRef("number"), is_whole=True, low=Decimal(0))}),
    "complete": Domain(type=TypeRef("boolean")),
}


def decide(*conditions: str) -> feel.Branches:
    return feel.branches(conditions, DOMAINS)


@pytest.mark.parametrize(
    ("conditions", "gap"),
    [
        (("amount > 1000", "amount < 1000"), {"amount": Decimal(1000)}),
        (('decision = "grant"', 'decision = "partly"'), {"decision": "refuse"}),
        (('risk = "high"', 'risk = "low"'), {"risk": "other"}),
        (("applicant.age < 18", "applicant.age > 18"), {"applicant.age": Decimal(18)}),
        (('day > date("2026-01-01")', 'day < date("2026-01-01")'), {"day": date(2026, 1, 1)}),
        (("complete and amount > 5", "not(complete)"), {"amount": Decimal(0), "complete": True}),
        (("amount < limit", "amount > limit"), {"amount": Decimal(0), "limit": Decimal(0)}),
    ],
)  # fmt: skip
def test_a_case_that_no_condition_covers_is_shown(conditions: tuple[str, ...], gap: dict[str, object]) -> None:
    found = decide(*conditions)
    assert (found.gap, found.overlaps, found.undecided) == (gap, (), ())
    scope = {"applicant": {"age": gap["applicant.age"]}} if "applicant.age" in gap else gap
    assert [feel.evaluate(text, scope) for text in conditions] == [False] * len(conditions)


@pytest.mark.parametrize(
    "conditions",
    [
        ("amount >= 1000", "amount < 1000"),
        ('decision = "grant" or decision = "partly"', 'decision = "refuse"'),
        ('decision in ("grant", "partly")', 'not(decision in ("grant", "partly"))'),
        ("applicant.age < 18", "applicant.age > 17"),
        ("complete", "not(complete)"),
        ("amount in [0..10)", "amount in [10..20]", "amount > 20"),
        ("amount between 0 and 10", "amount > 10"),
        ("amount < limit", "amount = limit", "amount > limit"),
        ("note = null", "note != null"),
        ('amount > 5 and risk = "high"', 'amount > 5 and risk != "high"', "amount <= 5"),
        ("amount > 2 * 500 + 0.5", "amount <= 1000.5"),
        ('term > duration("P10D")', 'term <= duration("P10D")'),
    ],
)
def test_conditions_that_share_out_all_cases_are_left_alone(conditions: tuple[str, ...]) -> None:
    assert decide(*conditions) == feel.Branches()


def test_two_conditions_that_hold_together_are_shown_with_an_example() -> None:
    assert decide("amount >= 1000", "amount <= 1000").overlaps == ((0, 1, {"amount": Decimal(1000)}),)
    assert decide("amount > 1", "complete", "amount <= 1").overlaps == (
        (0, 1, {"amount": Decimal(2), "complete": True}),
        (1, 2, {"amount": Decimal(0), "complete": True}),
    )


def test_a_condition_that_never_or_always_holds_is_named() -> None:
    found = decide("amount < 0", "amount >= 0", 'decision = "granted"')
    assert (found.never, found.always) == ((0, 2), (1,))


@pytest.mark.parametrize(
    "condition",
    ["amount * 2 > 10", "count(people) > 1", 'name < "m"', "x < y and y < z", 'x = 1 or x = "a"', "a.b = 1 and a = 2", 'contains(x, "a")'],
)
def test_of_other_conditions_nothing_is_said(condition: str) -> None:
    assert decide(condition, "amount > 5") == feel.Branches(undecided=(0,))


def test_too_many_cases_are_not_tried() -> None:
    wide = " or ".join(f"v{i} = {i}" for i in range(9))
    assert decide(wide).undecided == (0,)


def test_many_conditions_on_one_variable_are_compared_at_once() -> None:
    found = decide(*(f"kind = {n}" for n in range(150)), "kind > 148")

    assert (found.overlaps, found.undecided) == (((149, 150, {"kind": Decimal(149)}),), ())


@pytest.mark.parametrize(
    "conditions",
    [
        [f"kind = {n}" for n in range(20_000)],  # two by two they are 200 million pairs
        [f"v{n} = 1 and amount > {n}" for n in range(150)],
        [" and ".join(f"v{n}_{m} = 1" for m in range(9)) for n in range(150)],
        ["amount in (" + ", ".join(map(str, range(3_000))) + ")", "complete"],
    ],
    ids=["conditions", "variables", "samples", "constants"],
)
def test_conditions_without_end_cost_no_time_without_end(conditions: list[str]) -> None:
    before = process_time()
    decide(*conditions)
    assert process_time() - before < 10


def test_what_does_not_parse_raises() -> None:
    with pytest.raises(FeelError):
        decide("amount >")
