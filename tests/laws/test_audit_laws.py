# SPDX-License-Identifier: Apache-2.0
"""Laws of the audit trail: one byte form, and no change of a chain goes unseen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st

from egov_flow.audit import canonical, chain, leaf, read, salted, verify_case
from egov_flow.errors import InvalidData
from egov_flow.values import Event

START = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
TEXTS = (
    "element",
    "detail",
    "actor",
    "person",
    "affiliation",
    "on_behalf_of",
    "delegation",
    "policy",
    "reason",
    "data_digest",
    "state_digest",
)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
numbers = st.integers(min_value=-(2**63), max_value=2**63 - 1)
zones = st.timedeltas(min_value=timedelta(hours=-14), max_value=timedelta(hours=14)).map(timezone)
moments = st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1), timezones=zones)  # noqa: DTZ001 - hypothesis wants them so


@st.composite
def events(draw):
    fields = {name: draw(texts) for name in ("tenant", "case", "kind", "command", *TEXTS)}
    return Event(**fields, case_seq=draw(numbers), time=draw(moments), token=draw(numbers), cause=draw(numbers))


@st.composite
def chains(draw):
    """The honest chain of one case, with its verification."""
    size = draw(st.integers(min_value=2, max_value=6))
    steps = [draw(st.integers(min_value=0, max_value=5)) for _ in range(size)]
    made = [
        Event(
            tenant="default", case="case-1", case_seq=n + 1, time=START + timedelta(seconds=sum(steps[: n + 1])), kind="entered",
            command="complete", element=draw(texts), actor=draw(texts), reason=draw(texts),
        )
        for n in range(size)
    ]  # fmt: skip
    return list(chain(made, ""))


def findings(trail, honest):
    return verify_case(trail, tenant="default", case="case-1", head_seq=len(honest), head_leaf=honest[-1].leaf)


@given(events(), st.sampled_from(["", "ab" * 32]))
def test_what_is_written_is_read_again(event, prev):
    assert read(canonical(event, prev)) == event


@given(events(), moments)
def test_the_zone_a_time_is_told_in_changes_no_byte(event, moment):
    other = event._replace(time=event.time.astimezone(moment.tzinfo))

    assert canonical(other, "") == canonical(event, "")


@given(events(), events())
def test_different_events_have_different_bytes(one, other):
    assert (canonical(one, "") == canonical(other, "")) == (one == other)


@given(events(), st.data())
def test_no_other_bytes_are_the_same_event(event, data):
    written = canonical(event, "")
    position = data.draw(st.integers(min_value=0, max_value=len(written) - 1))
    changed = written[:position] + bytes([data.draw(st.integers(min_value=0, max_value=255))]) + written[position + 1 :]

    try:
        assert (read(changed) == event) == (changed == written)
    except InvalidData:
        assert changed != written


@given(st.binary(max_size=200))
def test_any_bytes_are_an_event_or_refused(data):
    try:
        event = read(data)
    except InvalidData:
        return
    assert canonical(event, "") == data


@given(chains())
def test_an_honest_chain_is_intact(honest):
    assert findings(honest, honest) == ()


@given(chains(), st.data())
def test_one_changed_byte_is_found(honest, data):
    number = data.draw(st.integers(min_value=0, max_value=len(honest) - 1))
    victim = honest[number]
    position = data.draw(st.integers(min_value=0, max_value=len(victim.data) - 1))
    value = data.draw(st.integers(min_value=0, max_value=255).filter(lambda byte: byte != victim.data[position]))
    changed = victim.data[:position] + bytes([value]) + victim.data[position + 1 :]

    assert findings([*honest[:number], victim._replace(data=changed), *honest[number + 1 :]], honest)


@given(chains(), st.data())
def test_one_changed_event_is_found_even_with_its_own_hash_made_anew(honest, data):
    number = data.draw(st.integers(min_value=0, max_value=len(honest) - 1))
    forged = honest[number].event._replace(actor=honest[number].event.actor + "x")
    bytes_of = canonical(forged, honest[number].prev)
    row = honest[number]._replace(event=forged, data=bytes_of, leaf=leaf(bytes_of))

    assert findings([*honest[:number], row, *honest[number + 1 :]], honest)


@given(chains(), st.data())
def test_a_changed_column_is_found(honest, data):
    number = data.draw(st.integers(min_value=0, max_value=len(honest) - 1))
    row = honest[number]
    name = data.draw(st.sampled_from(["prev", "leaf", "actor", "element", "kind", "time", "case_seq"]))
    if name in {"prev", "leaf"}:
        changed = row._replace(**{name: "00" * 32})
    else:
        other = {"time": START - timedelta(days=1), "case_seq": 99}.get(name, "someone else entirely")
        changed = row._replace(event=row.event._replace(**{name: other}))

    assert findings([*honest[:number], changed, *honest[number + 1 :]], honest)


@given(chains(), st.data())
def test_a_deleted_event_is_found(honest, data):
    number = data.draw(st.integers(min_value=0, max_value=len(honest) - 1))

    assert findings(honest[:number] + honest[number + 1 :], honest)


@given(chains(), st.data())
def test_two_swapped_events_are_found(honest, data):
    one, other = data.draw(st.lists(st.integers(min_value=0, max_value=len(honest) - 1), min_size=2, max_size=2, unique=True))
    swapped = list(honest)
    swapped[one], swapped[other] = swapped[other], swapped[one]

    assert findings(swapped, honest)


@given(chains(), st.data())
def test_a_repeated_event_is_found(honest, data):
    number = data.draw(st.integers(min_value=0, max_value=len(honest) - 1))
    place = data.draw(st.integers(min_value=0, max_value=len(honest)))

    assert findings([*honest[:place], honest[number], *honest[place:]], honest)


@given(chains(), chains(), st.data())
def test_an_inserted_event_is_found(honest, foreign, data):
    place = data.draw(st.integers(min_value=0, max_value=len(honest)))

    assert findings([*honest[:place], foreign[0], *honest[place:]], honest)


@settings(max_examples=30)
@given(chains(), st.integers(min_value=1, max_value=5))
def test_a_case_told_as_another_is_found(honest, more):
    elsewhere = verify_case(honest, tenant="default", case=f"case-{more + 1}", head_seq=len(honest), head_leaf=honest[-1].leaf)

    assert {finding.code for finding in elsewhere} == {"EF-U005"}


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32), texts)
def test_a_salted_digest_depends_on_its_salt(one, other, value):
    assert (salted(one, value) == salted(other, value)) == (one == other)
