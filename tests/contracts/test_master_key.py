# SPDX-License-Identifier: Apache-2.0
"""Keys in three layers: who has the database alone reads nothing."""

from __future__ import annotations

import base64
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from egov_flow.agency import Agency
from egov_flow.errors import StoreError
from egov_flow.values import SYSTEM, Actor

PERMIT = str(Path(__file__).parents[1] / "fixtures" / "agency" / "permit.bpmn")
CITIZEN = Actor("citizen:17")
HANDLERS = {"register.lookup": lambda _: {"resident": True}}


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/cases.db"


@pytest.fixture
def case(url: str) -> str:
    """The id of a case in a database that was closed again."""
    with Agency.open(url, handlers=HANDLERS) as agency:
        agency.deploy(PERMIT)
        return agency.start("permit", {"street": "Canal 5"}, by=CITIZEN).id


def test_a_sqlite_database_has_its_key_beside_it_for_its_owner_only(url: str, case: str, tmp_path: Path) -> None:
    file = tmp_path / "cases.db.key"
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(base64.b64decode(file.read_text())) == 32
    with Agency.open(url) as again:
        assert again.case(case, by=SYSTEM).data["street"] == "Canal 5"


def test_without_the_right_master_key_nothing_opens(url: str, case: str, tmp_path: Path) -> None:
    (tmp_path / "cases.db.key").write_bytes(bytes(32))
    with Agency.open(url) as stranger, pytest.raises(StoreError, match="EF-A040"):
        stranger.case(case, by=SYSTEM)


def test_a_copy_without_its_key_shows_its_trail_and_seals_nothing_with_another(url: str, case: str, tmp_path: Path) -> None:
    key = tmp_path / "cases.db.key"
    with Agency.open(url, handlers=HANDLERS) as agency:
        agency.start("permit", {"street": "Canal 6"}, by=CITIZEN)
    kept = key.read_bytes()
    key.unlink()

    with Agency.open(url, handlers=HANDLERS) as agency:
        assert [finding.code for finding in agency.audit.verify().findings] == ["EF-A056"], (
            "the chains are whole, the state cannot be compared"
        )
        for refused in (lambda: agency.start("permit", {"street": "Canal 6"}, by=CITIZEN), lambda: agency.case(case, by=SYSTEM)):
            with pytest.raises(StoreError, match="EF-A056"):
                refused()
    assert not key.exists()

    key.write_bytes(kept)
    with Agency.open(url) as again:
        assert again.case(case, by=SYSTEM).data["street"] == "Canal 5"


def test_the_database_names_neither_keys_nor_people_beside_them(url: str, case: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "cases.db")) as raw:
        wrapped = raw.execute("SELECT subject, wrapped FROM egov_case_keys").fetchall()
        subjects = raw.execute("SELECT subject, wrapped FROM egov_subject_keys").fetchall()
    assert len(wrapped) == len(subjects) == 1
    assert wrapped[0][0] == subjects[0][0]
    assert "citizen" not in wrapped[0][0]
    assert all(len(row[1]) > 32 for row in (*wrapped, *subjects))


def test_a_person_has_one_key_for_all_their_cases(url: str, case: str, tmp_path: Path) -> None:
    with Agency.open(url, handlers=HANDLERS) as agency:
        agency.start("permit", {"street": "Canal 6"}, by=CITIZEN)
    with closing(sqlite3.connect(tmp_path / "cases.db")) as raw:
        assert raw.execute("SELECT count(*), count(DISTINCT subject) FROM egov_case_keys").fetchone() == (2, 1)
        assert raw.execute("SELECT count(*) FROM egov_subject_keys").fetchone() == (1,)


def test_who_destroys_a_persons_key_makes_their_cases_unreadable(url: str, case: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "cases.db")) as raw:
        raw.execute("DELETE FROM egov_subject_keys")
        raw.commit()
    with Agency.open(url) as agency:
        with pytest.raises(StoreError, match="EF-A020"):
            agency.case(case, by=SYSTEM)
        assert agency.audit.verify().findings == (), "the record of events stays, and stays whole"


@pytest.mark.parametrize("content", [b"", b"short", base64.b64encode(b"too short") + b"\n"])
def test_a_file_that_holds_no_key_is_named(url: str, content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "master").write_bytes(content)
    monkeypatch.setenv("EGOV_FLOW_MASTER_KEY_FILE", str(tmp_path / "master"))
    with pytest.raises(StoreError, match="EF-A042") as refused:
        Agency.open(url)
    assert str(tmp_path / "master") in str(refused.value)


def test_postgresql_needs_a_key_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EGOV_FLOW_MASTER_KEY_FILE", raising=False)
    with pytest.raises(StoreError, match="EF-A041"):
        Agency.open("postgresql+psycopg://clerk@localhost/cases")
