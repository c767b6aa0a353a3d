# SPDX-License-Identifier: Apache-2.0
"""Somebody with write access to the database file: what the triggers refuse, and what the verification finds."""

from __future__ import annotations

import contextlib
import sqlite3

import pytest

from egov_flow.audit import verify
from egov_flow.testing.contracts._examples import TENANT, deployed, followed, started
from egov_flow_adapters.sqlalchemy_store import open_store

OF_CASE = "WHERE case_id = 'case-1' AND case_seq"
ROW = f"{OF_CASE} = 3"  # the events 3 and 4
END_OF_LINE = "instr(lines, x'0A')"
COPY = "INSERT INTO egov_events (tenant, case_id, case_seq, lines, leaves) SELECT tenant, case_id"
TAMPERINGS = {
    "a word changed": f"UPDATE egov_events SET lines = CAST(REPLACE(lines, 'citizen:17', 'citizen:18') AS BLOB) {ROW}",
    "another form of the same": f"UPDATE egov_events SET lines = CAST(REPLACE(lines, '{{', '{{ ') AS BLOB) {ROW}",
    "bytes turned into text": f"UPDATE egov_events SET lines = CAST(lines AS TEXT) {ROW}",
    "bytes emptied": f"UPDATE egov_events SET lines = x'' {ROW}",
    "bytes and hashes emptied": f"UPDATE egov_events SET lines = x'', leaves = x'' {ROW}",
    "text that is no Unicode": f"UPDATE egov_events SET lines = x'ff' || substr(lines, 2) {ROW}",
    "the last line break cut off": f"UPDATE egov_events SET lines = substr(lines, 1, length(lines) - 1) {ROW}",
    "a hash changed": f"UPDATE egov_events SET leaves = zeroblob(32) || substr(leaves, 33) {ROW}",
    "the last hash changed": f"UPDATE egov_events SET leaves = substr(leaves, 1, 32) || zeroblob(32) {OF_CASE} = 7",
    "a hash cut off": f"UPDATE egov_events SET leaves = substr(leaves, 1, 32) {ROW}",
    "hashes turned into text": f"UPDATE egov_events SET leaves = hex(leaves) {ROW}",
    "two events swapped": f"UPDATE egov_events SET leaves = substr(leaves, 33) || substr(leaves, 1, 32), "
    f"lines = substr(lines, {END_OF_LINE} + 1) || substr(lines, 1, {END_OF_LINE}) {ROW}",
    "an event deleted": f"UPDATE egov_events SET leaves = substr(leaves, 1, 32), lines = substr(lines, 1, {END_OF_LINE}) {ROW}",
    "the first of a command deleted": f"UPDATE egov_events SET leaves = substr(leaves, 33), lines = substr(lines, {END_OF_LINE} + 1) {ROW}",
    "an event repeated": f"UPDATE egov_events SET leaves = substr(leaves, 1, 32) || leaves, lines = substr(lines, 1, {END_OF_LINE}) || lines {ROW}",
    "a command deleted": f"DELETE FROM egov_events {ROW}",
    "the first command deleted": f"DELETE FROM egov_events {OF_CASE} = 1",
    "the end cut off": f"DELETE FROM egov_events {OF_CASE} > 4",
    "all events deleted": f"DELETE FROM egov_events {OF_CASE} > 0",
    "two commands swapped": f"UPDATE egov_events SET case_seq = CASE case_seq WHEN 3 THEN -5 ELSE -3 END {OF_CASE} IN (3, 5);"
    f"UPDATE egov_events SET case_seq = -case_seq {OF_CASE} < 0",
    "a command repeated": f"{COPY}, 9, lines, leaves FROM egov_events {OF_CASE} = 7",
    "a command put before the first": f"{COPY}, 0, lines, leaves FROM egov_events {OF_CASE} = 7",
    "a number moved": f"UPDATE egov_events SET case_seq = 4 {ROW}",
    "a number that is none": f"UPDATE egov_events SET case_seq = 'x' {OF_CASE} = 7",
    "events given to another case": f"UPDATE egov_events SET case_id = 'case-3' {OF_CASE} > 4",
    "the head set back": "UPDATE egov_cases SET last_seq = 6 WHERE id = 'case-1'",
    "the head's hash changed": "UPDATE egov_cases SET last_leaf = 'x' WHERE id = 'case-1'",
    "the case row deleted": "DELETE FROM egov_cases WHERE id = 'case-1'",
    "the case row renamed": "UPDATE egov_cases SET id = 'case-9' WHERE id = 'case-1'",
    "a deployment's event deleted": "DELETE FROM egov_events WHERE case_id = 'registry' AND case_seq = 2",
    "the registry's head deleted": "DELETE FROM egov_registries",
}


@pytest.fixture
def file(tmp_path):
    """Two cases of four commands with two events each, and two deployments."""
    file = tmp_path / "cases.db"
    store = open_store(f"sqlite:///{file}")
    for case in ("case-1", "case-2"):
        change = started(case)
        store.commit(change)
        for _ in range(3):
            change = followed(change)
            store.commit(change)
    first = deployed("1")
    store.commit(first)
    store.commit(deployed("2", seq=2, prev=first.events[0].leaf))
    store.close()
    return file


def _findings(file):
    store = open_store(f"sqlite:///{file}")
    try:
        return verify(store, TENANT).findings
    finally:
        store.close()


def _run(file, script):
    with contextlib.closing(sqlite3.connect(file)) as raw:
        raw.executescript(script)
        return raw.total_changes


def _drop_triggers(file):
    with contextlib.closing(sqlite3.connect(file)) as raw:
        names = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        assert names
        for name in names:
            raw.execute(f"DROP TRIGGER {name}")


@pytest.mark.parametrize("what", TAMPERINGS)
def test_tampering_is_found(file, what):
    assert _findings(file) == ()
    _drop_triggers(file)

    assert _run(file, TAMPERINGS[what]) > 0, "the test changed nothing"
    found = _findings(file)
    assert found
    for finding in found:
        assert finding.arguments["case"] in {"case-1", "case-3", "case-9", "registry"}
        assert finding.arguments["seq"]
        assert finding.hint()


@pytest.mark.parametrize("table", ["events", "deployments", "deployment_files"])
@pytest.mark.parametrize("verb", ["UPDATE egov_{} SET tenant = 'x'", "DELETE FROM egov_{}"])
def test_the_triggers_refuse_to_change_evidence(file, table, verb):
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        _run(file, verb.format(table))
