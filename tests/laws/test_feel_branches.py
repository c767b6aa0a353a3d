# SPDX-License-Identifier: Apache-2.0
"""What is said of conditions before any case exists holds in every case, and every example is one."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from egov_flow import feel
from egov_flow.data import Context, freeze
from egov_flow.errors import FeelError
from egov_flow.feel import Domain, TypeRef

RISKS = ("low", "middle", "high")
DOMAINS = {
    "a": Domain(type=TypeRef("number"), low=Decimal(0), high=Decimal(9), is_whole=True),
    "b": Domain(type=TypeRef("number")),
    "risk": Domain(type=TypeRef("string"), values=RISKS),
    "done": Domain(type=TypeRef("boolean")),
}
NUMBERS = st.sampled_from(["0", "3", "3.5", "9", "-1", "a", "b"])
ATOMS = st.one_of(
    st.tuples(st.sampled_from(["a", "b"]), st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), NUMBERS).map(" ".join),
    st.tuples(st.sampled_from(["a", "b"]), st.sampled_from(["[", "("]), st.sampled_from(["]", ")"])).map(
        lambda p: f"{p[0]} in {p[1]}2..7{p[2]}"
    ),
    st.sampled_from([*RISKS, "none"]).map(lambda v: f'risk = "{v}"'),
    st.sampled_from(["done", "not(done)", "done = false", 'risk in ("low", "high")', "true"]),
)
CONDITIONS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda p: f"({p[0]} {p[1]} {p[2]})"), inner.map(lambda i: f"not({i})")
    ),
    max_leaves=4,
)
CASES = st.fixed_dictionaries(
    {
        "a": st.integers(0, 9),
        "b": st.decimals(min_value=-3, max_value=12, places=1),
        "risk": st.sampled_from(RISKS),
        "done": st.booleans(),
    }
)


def holding(conditions: list[str], case: Context) -> list[object]:
    return [feel.evaluate(text, case) for text in conditions]


@settings(max_examples=300)
@given(st.lists(CONDITIONS, min_size=1, max_size=3), st.lists(CASES, min_size=20, max_size=20))
def test_no_case_contradicts_what_was_said(conditions: list[str], cases: list[dict[str, object]]) -> None:
    found = feel.branches(conditions, DOMAINS)
    together = {(i, j) for i, j, _ in found.overlaps}
    for case in cases:
        holds = holding(conditions, freeze(case))
        assert not any(holds[n] is True for n in found.never)
        assert all(holds[n] is True for n in found.always)
        true = [n for n, outcome in enumerate(holds) if outcome is True and n not in found.undecided]
        assert all((i, j) in together for i in true for j in true if i < j)
        assert found.gap is not None or found.undecided or True in holds


@settings(max_examples=300)
@given(st.lists(CONDITIONS, min_size=1, max_size=3))
def test_every_example_is_one(conditions: list[str]) -> None:
    found = feel.branches(conditions, DOMAINS)
    for i, j, witness in found.overlaps:
        assert holding([conditions[i], conditions[j]], Context(witness)) == [True, True]
        assert all(DOMAINS[name].admits(value) for name, value in witness.items())
    if found.gap is not None:
        assert set(holding(conditions, Context(found.gap))) == {False}
        assert all(DOMAINS[name].admits(value) for name, value in found.gap.items())


@settings(max_examples=300)
@given(CONDITIONS, CASES)
def test_an_expression_without_remarks_gives_no_null_on_a_case_that_fits(condition: str, case: dict[str, object]) -> None:
    if not feel.analyse(condition, DOMAINS, wanted="boolean", names_known=True):
        assert type(feel.evaluate(condition, freeze(case))) is bool


@settings(max_examples=300)
@given(st.text(alphabet='ab3 <>=()[].,+-*/{}:"notifandrisk', max_size=30))
def test_any_text_is_analysed_or_refused(text: str) -> None:
    try:
        found = feel.analyse(text, DOMAINS, wanted="boolean", names_known=True)
    except FeelError:
        return
    assert all(f.severity == "warning" and f.place.line >= 1 for f in found)
