# SPDX-License-Identifier: Apache-2.0
"""A database is copied from SQLite to PostgreSQL and back, whole and compared; a dump that was touched is refused and leaves nothing."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
import sqlalchemy

from egov_flow.agency import Agency
from egov_flow.errors import StoreError
from egov_flow.testing import SequentialIds, VirtualClock
from egov_flow.testing.contracts._examples import TENANT, deployed, everything, full, started
from egov_flow.values import SYSTEM, Actor, CaseFilter
from egov_flow_adapters.sqlalchemy_store import _copying, administer, open_store
from egov_flow_adapters.sqlalchemy_store._schema import FORMAT

PERMIT = str(Path(__file__).parents[1] / "fixtures" / "agency" / "permit.bpmn")
HANDLERS = {"register.lookup": lambda _: {"resident": True}}


@pytest.fixture
def small(tmp_path: Path) -> str:
    """A SQLite database with a row of every kind, in two tenants."""
    url = f"sqlite:///{tmp_path}/small.db"
    store = open_store(url)
    store.commit(deployed())
    store.commit(started(**full()))
    store.commit(started("case-2", tenant="other", **full("case-2")))
    store.close()
    return url


def dumped(url: str) -> bytes:
    file = io.BytesIO()
    administer(url).dump(file)
    return file.getvalue()


def test_a_dump_is_loaded_whole_into_the_other_database_and_back(small: str, new_postgresql_url: str, tmp_path: Path) -> None:
    text = dumped(small)
    rows = administer(new_postgresql_url).load(io.BytesIO(text))
    assert rows > 30
    assert dumped(new_postgresql_url) == text, "the same rows in the same order, byte for byte"

    back = f"sqlite:///{tmp_path}/back.db"
    assert administer(back).load(io.BytesIO(dumped(new_postgresql_url))) == rows
    first, last = open_store(small), open_store(back)
    for tenant in (TENANT, "other"):
        assert everything(first, tenant) == everything(last, tenant)
    for store in (first, last):
        store.close()


def test_cases_go_on_where_they_were_copied_to(new_postgresql_url: str, tmp_path: Path) -> None:
    clock, citizen = VirtualClock("2026-01-05T09:00:00+07:00"), Actor("citizen:17")
    here = f"sqlite:///{tmp_path}/here.db"
    with Agency.open(here, clock=clock, ids=SequentialIds(), handlers=HANDLERS) as agency:
        agency.deploy(PERMIT)
        case = agency.start("permit", {"street": "Canal 5"}, by=citizen)
    administer(new_postgresql_url).load(io.BytesIO(dumped(here)))
    with Agency.open(new_postgresql_url, clock=clock, handlers=HANDLERS, run_jobs="inline") as agency:
        agency.complete(case.tasks[0].id, {"grant": True}, by=SYSTEM)
        agency.deploy(str(Path(PERMIT).parents[1] / "bpmn" / "boundary_timer.bpmn"))
        assert [d.procedure for d in agency.procedures()] == ["permit", "boundary_timer"]
        assert agency.audit.verify().findings == ()


def test_a_dump_is_loaded_into_an_empty_database_only(small: str) -> None:
    with pytest.raises(StoreError, match="EF-S028"):
        administer(small).load(io.BytesIO(dumped(small)))


def _without_a_row(lines: list[bytes]) -> list[bytes]:
    return [line for line in lines if b"Task_Decide" not in line or not line.startswith(b"[")]


SPOILED = {
    "a row is missing": _without_a_row,
    "the end is missing": lambda lines: lines[:-1],
    "a byte is another": lambda lines: [line.replace(b"citizen:17", b"citizen:18") for line in lines],
    "a row is there twice": lambda lines: [*lines[:3], lines[2], *lines[3:]],
    "something follows": lambda lines: [*lines, lines[2]],
    "it is of another layout": lambda lines: [b'{"kind":"egov_flow database 1","layout":1}\n', *lines[1:]],
    "a table is unknown": lambda lines: [lines[0], b'{"table":"egov_schema","columns":["format"]}\n', *lines[1:]],
    "it is no dump": lambda _: [b"SQLite format 3\x00\n"],
    "it is empty": lambda _: [],
}


@pytest.mark.parametrize("how", SPOILED)
def test_a_dump_that_was_touched_is_refused_and_leaves_nothing(small: str, how: str, tmp_path: Path) -> None:
    text = b"".join(SPOILED[how](dumped(small).splitlines(keepends=True)))
    there = f"sqlite:///{tmp_path}/there.db"
    with pytest.raises(StoreError, match="EF-S0"):
        administer(there).load(io.BytesIO(text))
    assert len(dumped(there).splitlines()) == len([line for line in dumped(small).splitlines() if line.startswith(b"{")])


def test_what_begins_like_no_dump_is_not_read_to_its_end(tmp_path: Path) -> None:
    endless = io.BytesIO(bytes(3 * _copying.PIECE))
    with pytest.raises(StoreError, match="neither a row nor the head of a table"):
        administer(f"sqlite:///{tmp_path}/there.db").load(endless)
    assert endless.tell() == _copying.PIECE


def test_a_row_may_be_longer_than_what_is_read_of_it_first(small: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = dumped(small)
    monkeypatch.setattr(_copying, "PIECE", 10)
    there = f"sqlite:///{tmp_path}/there.db"
    administer(there).load(io.BytesIO(text))
    assert dumped(there) == text


def test_a_dump_names_its_tables_and_counts_its_rows(small: str) -> None:
    head, *_, end = dumped(small).splitlines()
    assert json.loads(head) == {"kind": "egov_flow database 1", "layout": FORMAT}
    assert set(json.loads(end)) == {"rows", "sha256"}


def test_an_account_with_least_rights_works_and_can_neither_change_evidence_nor_see_other_tenants(
    new_postgresql_url: str, postgresql_server
) -> None:
    open_store(new_postgresql_url).close()
    owner = sqlalchemy.create_engine(new_postgresql_url)
    with owner.begin() as connection:
        connection.exec_driver_sql(administer(new_postgresql_url).roles("egov_app").replace("%", "%%"))
    url = new_postgresql_url.replace("egov@", "egov_app@")
    store = open_store(url)
    store.commit(deployed())
    for tenant in (TENANT, "other"):
        store.commit(started(tenant=tenant, **full()))
        assert [record.tenant for record in store.cases(tenant, CaseFilter())] == [tenant]
    store.close()

    engine = sqlalchemy.create_engine(url)
    seen = "SELECT (SELECT count(*) FROM egov_cases), (SELECT count(*) FROM egov_case_keys), (SELECT count(*) FROM egov_events)"
    with engine.begin() as connection:
        assert connection.exec_driver_sql(seen).one() == (0, 0, 0), "who names no tenant sees nothing"
        connection.exec_driver_sql("SELECT set_config('egov.tenant', 'other', true)")
        assert connection.exec_driver_sql(seen).one() == (1, 2, 1)
    for forbidden in (
        "UPDATE egov_events SET case_seq = 2", "DELETE FROM egov_events", "TRUNCATE egov_cases", "DROP TABLE egov_tasks",
        "ALTER TABLE egov_cases DISABLE ROW LEVEL SECURITY", "UPDATE egov_schema SET format = 1", "CREATE TABLE mine (x int)",
        "ALTER TABLE egov_events DISABLE TRIGGER ALL",
    ):  # fmt: skip
        with pytest.raises(sqlalchemy.exc.ProgrammingError, match=r"permission denied|must be owner"), engine.begin() as connection:
            connection.exec_driver_sql(forbidden)
    engine.dispose()
    with owner.begin() as connection:
        connection.exec_driver_sql("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM egov_app")
        connection.exec_driver_sql("REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM egov_app")
    owner.dispose()
    postgresql_server.run("DROP ROLE egov_app", str(sqlalchemy.make_url(new_postgresql_url).database))


@pytest.mark.parametrize("role", ["x; DROP TABLE egov_cases", 'a"b', "", "1a", "é"])
def test_a_name_that_is_none_makes_no_script(role: str) -> None:
    with pytest.raises(StoreError, match="EF-S030"):
        administer("postgresql+psycopg://x/y").roles(role)
