# SPDX-License-Identifier: Apache-2.0
"""What a verification says about each way to spoil a trail."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import attrs
import pytest

from egov_flow.audit import canonical, chain, leaf, verify, verify_case
from egov_flow.errors import StoreError
from egov_flow.values import Event

START = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
EVENTS = [
    Event(
        tenant="default",
        case="case-1",
        case_seq=n,
        time=START + timedelta(hours=n),
        kind="entered",
        command="complete",
        element=f"Task_{n}",
    )
    for n in range(1, 6)
]
CHAIN = chain(EVENTS, "")


def codes(trail, seq=5, last=CHAIN[-1].leaf):
    return [finding.code for finding in verify_case(trail, tenant="default", case="case-1", head_seq=seq, head_leaf=last)]


def test_a_missing_event_is_named_with_what_was_expected():
    found = verify_case([*CHAIN[:2], *CHAIN[3:]], tenant="default", case="case-1", head_seq=5, head_leaf=CHAIN[-1].leaf)

    assert [finding.code for finding in found] == ["EF-U002", "EF-U003"]
    assert found[0].message() == "case case-1: expected event 3, found event 4"
    assert found[0].hint()


def test_one_fault_is_told_once_and_not_for_all_that_follows():
    spoiled = CHAIN[1]._replace(data=CHAIN[1].data.replace(b"Task_2", b"Task_9"))

    assert codes([CHAIN[0], spoiled, *CHAIN[2:]]) == ["EF-U004", "EF-U006"]


def test_bytes_that_are_no_event_are_told():
    assert codes([CHAIN[0], CHAIN[1]._replace(data=b"\x00"), *CHAIN[2:]]) == ["EF-U001"]


def test_a_column_that_contradicts_the_bytes_is_told():
    row = CHAIN[1]._replace(event=CHAIN[1].event._replace(actor="somebody else"))

    assert codes([CHAIN[0], row, *CHAIN[2:]]) == ["EF-U006"]


def test_a_time_that_runs_backwards_is_told():
    early = chain([EVENTS[0], EVENTS[1]._replace(time=START)], "")

    assert codes(early, 2, early[-1].leaf) == ["EF-U007"]


def test_an_end_that_was_cut_off_is_told():
    assert codes(CHAIN[:3]) == ["EF-U008"]
    assert codes([]) == ["EF-U008"]


def test_an_event_behind_the_end_is_told():
    assert codes(CHAIN, 3, CHAIN[2].leaf) == ["EF-U009"]


def test_another_last_event_is_told():
    forged = EVENTS[4]._replace(actor="somebody else")
    data = canonical(forged, CHAIN[3].leaf)
    row = CHAIN[4]._replace(event=forged, data=data, leaf=leaf(data))

    assert codes([*CHAIN[:4], row]) == ["EF-U010"]


def test_an_event_of_another_tenant_is_told():
    found = verify_case(CHAIN[:1], tenant="other", case="case-1", head_seq=1, head_leaf=CHAIN[0].leaf)

    assert [finding.code for finding in found] == ["EF-U005"]


def test_what_the_case_chain_alone_cannot_see():
    """Somebody who rewrites the whole chain and the case row: only a checkpoint kept elsewhere shows it (docs/explanation/audit.md)."""
    rewritten = chain([event._replace(actor="somebody else") for event in EVENTS], "")

    assert codes(rewritten, 5, rewritten[-1].leaf) == []
    assert codes(CHAIN[:3], 3, CHAIN[2].leaf) == []


@attrs.define
class Log:
    """An audit log of one case whose rows and head a test makes up; each look at it may see another."""

    heads: list
    trails: list

    def chains(self, _tenant):
        yield ("case-1", *self.heads.pop(0))

    def events(self, _tenant, _case):
        trail = self.trails.pop(0)
        if isinstance(trail, Exception):
            raise trail
        yield from trail


def test_a_command_that_commits_meanwhile_is_no_tampering():
    log = Log([(3, CHAIN[2].leaf), (5, CHAIN[4].leaf)], [CHAIN, CHAIN])

    assert verify(log, "default").intact


def test_an_event_behind_an_end_that_stays_is_tampering():
    log = Log([(3, CHAIN[2].leaf), (3, CHAIN[2].leaf)], [CHAIN, CHAIN])

    assert [finding.code for finding in verify(log, "default").findings] == ["EF-U009"]


def test_a_row_that_cannot_be_read_is_a_finding_about_its_case():
    log = Log([(5, CHAIN[4].leaf)], [StoreError("EF-S019", table="egov_events")])

    assert [finding.code for finding in verify(log, "default").findings] == ["EF-U011"]


def test_a_database_that_does_not_answer_is_no_finding():
    log = Log([(5, CHAIN[4].leaf)], [StoreError("EF-S012", place="cases.db")])

    with pytest.raises(StoreError, match="EF-S012"):
        verify(log, "default")
