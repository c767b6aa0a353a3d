# SPDX-License-Identifier: Apache-2.0
"""A large state is kept in parts, and a step writes those that it changed."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from egov_flow.agency.parting import LARGE, LONGEST, SHORTEST, Cut, keep, opened
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
    """A case's row and parts, written over and over, by somebody who has written the last state or, `is_read`, reads it each time."""

    def __init__(self, *, is_read: bool = False) -> None:
        self.record, self.stored = RECORD, {}
        self.new: list[bytes] = []
        self.written = 0
        self.is_read, self.cut = is_read, Cut()

    def write(self, marking: Marking) -> None:
        number = self.record.state_version + 1
        last = self.opened()[1] if self.is_read and number > 1 else self.cut
        kept = keep(SEAL, KEY, marking, before=self.record, number=number, last=last)
        self.cut = kept.cut
        self.record = attrs.evolve(self.record, clear=kept.clear, payload=kept.payload, state_version=number)
        self.new = [part.content for part in kept.parts if part.content is not None]
        self.written = len(kept.clear) + len(kept.payload) + sum(map(len, self.new))
        for part in kept.parts:
            if part.content is None:
                del self.stored[part.name]
            else:
                self.stored[part.name] = part.content

    def parts(self, tenant: str, case: str) -> dict[str, bytes]:
        return self.stored

    def read(self) -> Marking:
        return self.opened()[0]

    def opened(self) -> tuple[Marking, Cut]:
        return opened(self, SEAL, KEY, self.record)  # type: ignore[arg-type]


def marking(*, items: int, done: int = 0) -> Marking:
    """A state like that of a task for each of so many items."""
    tokens = [[n, "Task_Answer", "work"] for n in range(items) if n >= done]
    return Marking(
        json.dumps({"c": tokens}).encode(), json.dumps({str(n): {"item": f"person {n}", "answer": n < done} for n in range(items)}).encode()
    )


states = st.builds(Marking, st.binary(max_size=LARGE), st.binary(max_size=LARGE)) | st.builds(
    marking, items=st.integers(0, 600), done=st.integers(0, 600)
)


@example([Marking(b"", b"x" * (LARGE + 1)), Marking(b"", b"x")], True)
@given(st.lists(states, min_size=1, max_size=5), st.booleans())
def test_what_was_written_is_read_and_nothing_else_is_left(markings: list[Marking], is_read: bool) -> None:
    kept = Kept(is_read=is_read)
    for written in markings:
        kept.write(written)
        assert kept.opened() == (written, kept.cut)
    names = len(kept.record.clear[1:]) // 12 if kept.record.clear.startswith(b"\x01") else 0
    assert bool(kept.stored) == (names > 0)


def test_a_small_state_stays_in_its_row() -> None:
    kept = Kept()
    kept.write(Marking(b"{}", b"x" * (LARGE - 2)))
    assert (kept.stored, kept.record.clear) == ({}, b"{}")


@pytest.mark.parametrize("is_read", [False, True])
def test_a_step_of_four_times_the_items_writes_little_more(is_read: bool) -> None:
    def bytes_of_a_step(items: int) -> float:
        kept, written = Kept(is_read=is_read), []
        kept.write(marking(items=items))
        for done in range(1, 60):
            kept.write(marking(items=items, done=done))
            written.append(kept.written)
        return sum(written) / len(written)

    assert bytes_of_a_step(1600) < 1.6 * bytes_of_a_step(400)
    assert bytes_of_a_step(400) < len(marking(items=400).clear) / 4


def test_a_state_that_grows_in_its_middle_does_not_fall_to_pieces() -> None:
    kept, anew = Kept(), Kept()
    for items in range(50, 400):
        grown = Marking(b"".join(b'["%d"],' % number for number in range(items)) + b'["end"],' * 200, b"x" * LARGE)
        kept.write(grown)
    anew.write(grown)

    assert len(kept.cut.clear) <= 1.5 * len(anew.cut.clear)


edits = st.tuples(st.floats(0, 1), st.integers(0, 300), st.binary(max_size=300))
"""Where, how many bytes are taken away, and what is put in."""


@given(st.lists(edits, max_size=40))
def test_a_change_writes_what_stands_around_it_and_leaves_no_crumbs(changes: list[tuple[float, int, bytes]]) -> None:
    kept, secret = Kept(), random.Random(1).randbytes(2 * LARGE)
    kept.write(Marking(b"{}", secret))
    for place, taken, put in changes:
        at = int(place * len(secret))
        secret = secret[:at] + put + secret[at + taken :]
        kept.write(Marking(b"{}", secret))
        sizes = [len(piece) for _, piece in kept.cut.secret]

        assert max(sizes) <= LONGEST
        assert min(sizes) >= SHORTEST
        assert sum(len(part) for part in kept.new) <= 4 * LONGEST


def test_a_part_that_was_changed_moved_or_put_back_does_not_open() -> None:
    kept = Kept()
    kept.write(marking(items=600))
    kept.write(marking(items=600, done=1))
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
    kept.write(marking(items=600))
    assert not any(b"person" in content for content in kept.stored.values())
