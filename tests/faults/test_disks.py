# SPDX-License-Identifier: Apache-2.0
"""A disk that breaks leaves no half step and says so; a power cut takes nothing that was acknowledged."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.faults.disk import FULL, IO_ERROR, Disk, Done, after_power_cut, disk_under

from egov_flow.audit import verify
from egov_flow.errors import StoreError
from egov_flow.testing.contracts._examples import TENANT, everything, followed, full, started
from egov_flow.values import Change
from egov_flow_adapters.sqlalchemy_store import SqlStore, _database, open_store

STEPS = 12
MOST = 400


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with disk_under(tmp_path) as disk:
        yield disk


def steps() -> list[Change]:
    """The first commands of a case: its start, then one after another."""
    changes = [started(**full())]
    for number in range(1, STEPS):
        changes.append(followed(changes[-1], case_payload=bytes([number]) * 3000))
    return changes


@pytest.mark.parametrize("error", [IO_ERROR, FULL])
@pytest.mark.parametrize("later", [0, 1])
@pytest.mark.parametrize("is_tried_again", [False, True])
def test_whichever_write_or_sync_fails_a_step_is_there_whole_or_not_at_all(
    disk: Disk, tmp_path: Path, error: int, later: int, is_tried_again: bool
) -> None:
    first, *rest = steps()
    step = rest[later]
    refused, codes = 0, set()
    for number in range(1, MOST):
        url = f"sqlite:///{tmp_path}/{number}.db"
        store = open_store(url)
        for before in (first, *rest[:later]):
            store.commit(before)
        expected = everything(store)
        disk.fail_at(number, error)
        try:
            store.commit(step)
            is_accepted = True
        except StoreError as refusal:
            codes.add(refusal.code)
            refused, is_accepted = refused + 1, False
        happened = disk.mend()
        if is_tried_again and not is_accepted:
            assert everything(store) == expected, "what raised is not there for those who go on"
            store.commit(step)
            is_accepted = True
        store.close()
        again = open_store(url)
        assert verify(again, TENANT).intact
        # where the very last sync failed, SQLite finds the whole step when it opens the file again: refused, and yet not half
        assert again.load(TENANT, "case-1") == step.case or (not is_accepted and everything(again) == expected)
        again.close()
        if happened < number:
            break
    else:
        pytest.fail(f"{MOST} writes for one step")
    assert codes <= {"EF-S010", "EF-S014"}
    assert refused >= 3, "the disk did not fail where it should have"


def acknowledged_and_lost(disk: Disk, folder: Path, images: int, synchronous: str) -> tuple[int, int]:
    """Cut the power at so many moments; return how many commands were acknowledged before, and how many of those are lost."""
    store = _opened(f"sqlite:///{folder}/cases.db", synchronous)
    disk.log.clear()
    begin = {file.name: file.read_bytes() for file in folder.iterdir() if file.suffix != ".db-shm"}
    for change in steps():
        store.commit(change)
        disk.note(str(change.case.state_version))
    store.close()
    log = list(disk.log)  # the images are written through the same disk
    chance, total, lost = random.Random(7), 0, 0
    for number in range(images):
        cut = chance.randrange(1, len(log) + 1)
        likely = chance.choice((0.0, 0.5, 1.0))
        files = after_power_cut(_since(log, begin, folder), cut + len(begin) * 2, lambda likely=likely: chance.random() < likely)
        acknowledged = max((int(done.content) for done in log[:cut] if not done.file), default=0)
        total += acknowledged
        lost += acknowledged - _found(files, folder / f"image_{number}", at_least=0)
    return total, lost


def _opened(url: str, synchronous: str) -> SqlStore:
    """Open a store whose connections wait for the disk as they are told."""
    original = _database._set_up_sqlite

    def set_up(connection: sqlite3.Connection, record: object) -> None:
        original(connection, record)
        connection.execute(f"PRAGMA synchronous={synchronous}").close()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_database, "_set_up_sqlite", set_up)
        return open_store(url)


def _since(log: list[Done], begin: dict[str, bytes], folder: Path) -> list[Done]:
    """The log, begun with the files that were there, written and synced."""
    first = [Done(str(folder / name), 0, content) for name, content in begin.items()]
    return [*first, *(Done(done.file, -1) for done in first), *log]


def _found(files: dict[str, bytes], folder: Path, at_least: int) -> int:
    """Open what is left, check that it is whole, and return the version of its case."""
    folder.mkdir()
    for name, content in files.items():
        (folder / Path(name).name).write_bytes(content)
    store = open_store(f"sqlite:///{folder}/cases.db")
    try:
        found = verify(store, TENANT)
        assert found.intact, found.findings
        record = store.load(TENANT, "case-1")
        version = record.state_version if record is not None else at_least
        assert found.events == 2 * version
        return version
    finally:
        store.close()


@pytest.mark.parametrize("images", [50, pytest.param(500, marks=pytest.mark.long)])
def test_a_power_cut_takes_nothing_that_was_acknowledged(disk: Disk, tmp_path: Path, images: int) -> None:
    acknowledged, lost = acknowledged_and_lost(disk, tmp_path, images, "FULL")
    assert acknowledged > images
    assert lost <= 0, "more may be there than was acknowledged, never less"


def test_the_test_sees_what_a_power_cut_takes_where_the_disk_is_not_waited_for(disk: Disk, tmp_path: Path) -> None:
    _, lost = acknowledged_and_lost(disk, tmp_path, 50, "NORMAL")
    assert lost > 0
