# SPDX-License-Identifier: Apache-2.0
"""A large state is kept in parts, and a step writes those that it changed."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from egov_flow.agency.parting import LARGE, Cut, keep, opened
from egov_flow.agency.sealing import Seal
from egov_flow.errors import StoreError
from egov_flow.testing import SequentialIds
from egov_flow.values import CaseRecord, Marking

KEY = bytes(range(32))
SEAL = Seal(SequentialIds())
NOW = datetime(2026, 1, 5, tzinfo=UTC)
RECORD = CaseRecord(
    tenant="t", id="c", number="n", procedure="p", version="1", sha256="", engine="kernel", semantics="1", status="running", applicant="a",
    created=NOW, updated=NOW,
)  # fmt: skip


class Kept:
    """A case's row and parts, written over and over, by somebody who knows how the last state was cut or not."""

    def __init__(self, *, is_known: bool = False) -> None:
        self.record, self.stored = RECORD, {}
        self.written = 0
        self.is_known, self.cut = is_known, Cut()

    def write(self, marking: Marking) -> None:
        number = self.record.state_version + 1
        kept = keep(SEAL, KEY, marking, before=self.record, number=number, last=self.cut if self.is_known else None)
        self.cut = kept.cut
        self.record = attrs.evolve(self.record, clear=kept.clear, payload=kept.payload, state_version=number)
        self.written = len(kept.clear) + len(kept.payload)
        for part in kept.parts:
            if part.content is None:
                del self.stored[part.name]
            else:
                self.stored[part.name] = part.content
                self.written += len(part.content)

    def parts(self, tenant: str, case: str) -> dict[str, bytes]:
        return self.stored

    def read(self) -> Marking:
        return opened(self, SEAL, KEY, self.record)  # type: ignore[arg-type]


def marking(*, items: int, done: int = 0) -> Marking:
    """A state like that of a task for each of so many items."""
    tokens = [[n, "Task_Answer", "work"] for n in range(items) if n >= done]
    return Marking(
        json.dumps({"c": tokens}).encode(), json.dumps({str(n): {"item": f"person {n}", "answer": n < done} for n in range(items)}).encode()
    )


states = st.builds(Marking, st.binary(max_size=9000), st.binary(max_size=9000)) | st.builds(
    marking, items=st.integers(0, 300), done=st.integers(0, 300)
)


@given(st.lists(states, min_size=1, max_size=5), st.booleans())
def test_what_was_written_is_read_and_nothing_else_is_left(markings: list[Marking], is_known: bool) -> None:
    kept = Kept(is_known=is_known)
    for written in markings:
        kept.write(written)
        assert kept.read() == written
    names = len(kept.record.clear[1:]) // 12 if kept.record.clear.startswith(b"\x01") else 0
    assert bool(kept.stored) == (names > 0)


def test_a_small_state_stays_in_its_row() -> None:
    kept = Kept()
    kept.write(Marking(b"{}", b"x" * (LARGE - 2)))
    assert (kept.stored, kept.record.clear) == ({}, b"{}")


@pytest.mark.parametrize("is_known", [False, True])
def test_a_step_of_four_times_the_items_writes_little_more(is_known: bool) -> None:
    def bytes_of_a_step(items: int) -> float:
        kept, written = Kept(is_known=is_known), []
        kept.write(marking(items=items))
        for done in range(1, 60):
            kept.write(marking(items=items, done=done))
            written.append(kept.written)
        return sum(written) / len(written)

    assert bytes_of_a_step(400) < bytes_of_a_step(100) + 900
    assert bytes_of_a_step(400) < len(marking(items=400).clear) / 4


def test_a_state_that_grows_in_its_middle_does_not_fall_to_pieces() -> None:
    kept, anew = Kept(is_known=True), Kept()
    for items in range(50, 400):
        grown = Marking(b"".join(b'["%d"],' % number for number in range(items)) + b'["end"],' * 200, b"x" * LARGE)
        kept.write(grown)
    anew.write(grown)

    assert len(kept.cut.clear) <= 1.5 * len(anew.cut.clear)


def test_a_part_that_was_changed_moved_or_put_back_does_not_open() -> None:
    kept = Kept()
    kept.write(marking(items=200))
    kept.write(marking(items=200, done=1))
    stored = dict(kept.stored)
    first, second = list(stored)[:2]
    for spoiled in (
        {name: content for name, content in stored.items() if name != first},
        {**stored, first: stored[second], second: stored[first]},
        *({**stored, name: content[:-1] + bytes([content[-1] ^ 1])} for name, content in stored.items()),
    ):
        kept.stored = spoiled
        with pytest.raises(StoreError, match="EF-A021"):
            kept.read()


def test_the_people_in_a_state_are_in_no_part_to_read() -> None:
    kept = Kept()
    kept.write(marking(items=200))
    assert not any(b"person" in content for content in kept.stored.values())
