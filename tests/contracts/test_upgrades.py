# SPDX-License-Identifier: Apache-2.0
"""Every layout that was ever released is upgraded and read, and the result is as if it had been made new."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy

from egov_flow.agency import Agency
from egov_flow.errors import StoreError
from egov_flow.testing import VirtualClock
from egov_flow.values import SYSTEM, Actor
from egov_flow_adapters.sqlalchemy_store import administer, open_store
from egov_flow_adapters.sqlalchemy_store._schema import FORMAT

GOLDEN = Path(__file__).parents[1] / "fixtures" / "store"
LAYOUTS = range(1, FORMAT + 1)
CITIZEN = Actor("citizen:17", person="person:17")
HANDLERS = {"register.lookup": lambda _: {"resident": True}, "notify.applicant": lambda _: None}


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def empty(request: pytest.FixtureRequest, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The URL of a database that has nothing."""
    url: str = request.getfixturevalue("new_postgresql_url") if kind == "postgresql" else f"sqlite:///{tmp_path}/old.db"
    monkeypatch.setenv("EGOV_FLOW_MASTER_KEY_FILE", str(GOLDEN / "golden.key"))
    return url


def load(url: str, layout: int, kind: str) -> None:
    """Fill a database with the golden file of a layout."""
    text = (GOLDEN / f"layout_{layout}.{kind}.sql").read_text("utf-8")
    if kind == "sqlite":
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as raw:
            raw.executescript(text)
        return
    engine = sqlalchemy.create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(text.replace("%", "%%"))
    engine.dispose()


@pytest.mark.parametrize("layout", [number for number in LAYOUTS if number < FORMAT])
def test_an_older_layout_is_refused_until_it_is_upgraded(empty: str, kind: str, layout: int) -> None:
    load(empty, layout, kind)
    with pytest.raises(StoreError, match="EF-S026"):
        open_store(empty)
    database = administer(empty)
    assert database.current() == layout
    assert database.check() != ()
    assert database.upgrade() == layout
    assert database.upgrade() == database.current() == FORMAT


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_upgraded_database_is_like_a_new_one_and_its_cases_go_on(empty: str, kind: str, layout: int) -> None:
    load(empty, layout, kind)
    database = administer(empty)
    database.upgrade()
    assert database.check() == ()

    clock = VirtualClock("2026-01-22T09:00:00+07:00")
    with Agency.open(empty, clock=clock, handlers=HANDLERS, run_jobs="inline") as agency:
        assert agency.audit.verify().findings == ()
        cases = agency.cases(by=SYSTEM)
        assert len(cases) == 4
        assert {case.data.get("street") for case in cases} == {"Canal 5", "Canal 6", "Canal 7", None}
        assert agency.run_due() >= 2, "a payment that nobody made, and a deadline"
        paid = next(case for case in cases if case.data.get("street") == "Canal 5")
        assert agency.start("permit", {"street": "Canal 5"}, by=CITIZEN, key="web-1").id == paid.id
        (incident,) = agency.incidents(by=SYSTEM)
        assert agency.retry(incident.id, by=SYSTEM).waiting == ("Task_Decide",)
        assert agency.audit.verify().findings == ()


def spoiled(tmp_path: Path, change: str, *, layout: int = 2, table: str = "events", row: str = "case_seq = 8") -> str:
    """Return the URL of a database of an older layout in which a row of a case was changed."""
    url = f"sqlite:///{tmp_path}/old.db"
    load(url, layout, "sqlite")
    with closing(sqlite3.connect(tmp_path / "old.db")) as raw:
        raw.execute(f"DROP TRIGGER egov_{table}_no_update")
        assert raw.execute(f"UPDATE egov_{table} SET {change} WHERE case_id = 'case-000001' AND {row}").rowcount == 1
        raw.commit()
    return url


def test_an_old_hash_that_is_none_is_told_and_the_old_layout_stays(tmp_path: Path) -> None:
    url = spoiled(tmp_path, "leaf = 'x'")
    with pytest.raises(StoreError, match="EF-S019"):
        administer(url).upgrade()
    assert administer(url).current() == 2


@pytest.mark.parametrize("change", ["kind = 'claim'", "at = at + 1", "actor = 'officer:9'", "reason = 'none'", "number = 77"])
def test_an_old_command_that_is_not_what_its_events_tell_is_told_and_the_old_layout_stays(tmp_path: Path, change: str) -> None:
    url = spoiled(tmp_path, change, layout=3, table="recorded", row="number = 2")
    with pytest.raises(StoreError, match="EF-S019: a row of egov_recorded"):
        administer(url).upgrade()
    assert administer(url).current() == 3


@pytest.mark.parametrize("change", ["lines = 'text'", "lines = x'7b7d0a'"])
def test_old_events_that_cannot_be_read_are_told_and_the_old_layout_stays(tmp_path: Path, change: str) -> None:
    url = spoiled(tmp_path, change, layout=3, row="case_seq = 1")
    with pytest.raises(StoreError, match="EF-S019: a row of egov_events"):
        administer(url).upgrade()
    assert administer(url).current() == 3


def test_a_column_that_repeats_an_event_wrongly_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EGOV_FLOW_MASTER_KEY_FILE", str(GOLDEN / "golden.key"))
    url = spoiled(tmp_path, "cause = 1")
    administer(url).upgrade()
    with Agency.open(url) as agency:
        assert agency.audit.verify().intact


def test_an_upgrade_that_fails_leaves_the_old_layout(empty: str, kind: str) -> None:
    load(empty, 1, kind)
    engine = sqlalchemy.create_engine(empty)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE egov_search (x TEXT)")  # the fourth table that the upgrade makes
    before = administer(empty).check()
    with pytest.raises(StoreError):
        administer(empty).upgrade()
    assert (administer(empty).current(), administer(empty).check()) == (1, before)
    engine.dispose()


def test_a_new_database_is_checked_and_its_damage_named(empty: str, kind: str) -> None:
    database = administer(empty)
    assert (database.current(), database.upgrade(), database.current(), database.check()) == (0, 0, FORMAT, ())
    engine = sqlalchemy.create_engine(empty)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP INDEX egov_timers_by_due")
        if kind == "sqlite":
            connection.exec_driver_sql("DROP TRIGGER egov_events_no_delete")
        else:
            connection.exec_driver_sql("DROP TRIGGER egov_events_append_only ON egov_events")
    engine.dispose()
    told = database.check()
    assert [line.split(": ")[0] for line in told] == ["missing", "missing"]
    assert {"egov_timers_by_due", "egov_events"} == {word for word in ("egov_timers_by_due", "egov_events") if word in " ".join(told)}
