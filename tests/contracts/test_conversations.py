# SPDX-License-Identifier: Apache-2.0
"""Messages that belong together by a key, at the same moment: the first begins a case, and the others find it; on every store."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy
from tests.contracts.conftest import deploy

from egov_flow.agency import Agency
from egov_flow.errors import ConflictError
from egov_flow.testing import SequentialIds, VirtualClock
from egov_flow.values import SYSTEM, Actor, Change

CITIZEN = Actor("citizen:17")
BOTH = (
    "events g | instantiate | kind Parallel\ncatch c | message Application | key file\ncatch d | message Payment | key file\n"
    "user a\nuser b\nend e\ng > c\ng > d\nc > a\nd > b\na > e\nb > e"
)
PAIR = "start s | together | message Application | message Payment | key file\nuser a\ns > a\nend e\na > e"
THROWS = "start s\nuser u\nthrow t | message {} | key file | in file = file\ns > u\nu > t\nend e\nt > e"
SEVEN = {"file": "7"}


@pytest.fixture
def offices(url: str, clock: VirtualClock) -> Iterator[tuple[Agency, Agency]]:
    """Two agencies on one database, as two processes have them; what lives in memory has one."""
    ids = SequentialIds()
    with Agency.open(url, clock=clock, ids=ids) as first:
        if url.startswith("memory"):
            yield first, first
            return
        with Agency.open(url, clock=clock, ids=ids) as second:
            yield first, second


def at_the_same_moment(offices: tuple[Agency, Agency], first: Callable[[Agency], object], second: Callable[[Agency], object]) -> None:
    """Let two callers look before either begins a case."""
    deploy(offices[0], other="start s\nuser a\ns > a\nend e\na > e")
    offices[0].start("other", by=CITIZEN)  # who makes the first key of a citizen at the same moment would win by that alone
    both_have_looked, is_late = threading.Barrier(2, timeout=20), threading.local()
    failed: list[BaseException] = []

    def caller(office: Agency, send: Callable[[Agency], object]) -> None:
        try:
            send(office)
        except BaseException as error:  # noqa: BLE001 - the test must name it, whatever it is
            failed.append(error)
            both_have_looked.abort()

    with pytest.MonkeyPatch.context() as patch:
        for store in {type(office.wiring.store) for office in offices}:
            original = store.commit

            def commit(self: object, change: Change, *more: Change, original: Callable[..., None] = original) -> None:
                if change.case is not None and not change.expected and not getattr(is_late, "yes", False):
                    is_late.yes = True
                    both_have_looked.wait()
                original(self, change, *more)

            patch.setattr(store, "commit", commit)
        threads = [threading.Thread(target=caller, args=pair) for pair in zip(offices, (first, second), strict=True)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failed == []


def of_both(office: Agency) -> list[tuple[str, ...]]:
    """Where the cases of the procedure wait, the newest first."""
    return [case.waiting for case in office.cases(by=SYSTEM, procedure="permit")]


def one_case_gets_both(offices: tuple[Agency, Agency], correlate: dict[str, str] | None = SEVEN) -> None:
    """Send both messages at the same moment, and check that they are in one case."""
    at_the_same_moment(
        offices,
        lambda office: office.send("Application", SEVEN, correlate=correlate, by=CITIZEN, key="web-1"),
        lambda office: office.send("Payment", SEVEN, correlate=correlate, by=CITIZEN, key="bank-1"),
    )
    assert [set(found) for found in of_both(offices[0])] in ([{"a"}], [{"a", "b"}])


@pytest.mark.parametrize("drawing", [BOTH, PAIR])
def test_two_messages_of_one_conversation_at_the_same_moment_begin_one_case(offices, drawing: str) -> None:
    deploy(offices[0], permit=drawing)
    one_case_gets_both(offices)

    assert offices[0].audit.verify().findings == ()


def test_so_do_two_messages_without_a_key(offices) -> None:
    deploy(offices[0], permit=BOTH.replace(" | key file", ""))
    one_case_gets_both(offices, correlate=None)


@pytest.fixture
def after_a_look(monkeypatch: pytest.MonkeyPatch) -> Callable[[Agency, Callable[[], object]], None]:
    """Let something happen, once, between the moment when an agency has looked who awaits a message and what it does then."""

    def happen(office: Agency, what: Callable[[], object]) -> None:
        store, still_to_come = type(office.wiring.store), [what]
        look = store.waits

        def waits(self: object, *of: object) -> object:
            found = look(self, *of)  # type: ignore[arg-type]
            if still_to_come:
                still_to_come.pop()()
            return found

        monkeypatch.setattr(store, "waits", waits)

    return happen


def test_who_begins_a_case_after_another_has_looked_is_found(offices, after_a_look) -> None:
    deploy(offices[0], permit=BOTH)
    late, quick = offices
    after_a_look(late, lambda: quick.send("Application", SEVEN, correlate=SEVEN, by=CITIZEN))
    (case,) = late.send("Payment", SEVEN, correlate=SEVEN, by=CITIZEN)

    assert (set(case.waiting), len(of_both(late))) == ({"a", "b"}, 1)


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_in_the_callers_transaction_who_was_late_is_told_so(offices, url: str, after_a_look) -> None:
    deploy(offices[0], permit=BOTH)
    late, quick = offices
    after_a_look(late, lambda: quick.send("Application", SEVEN, correlate=SEVEN, by=CITIZEN))
    engine = sqlalchemy.create_engine(url)
    with pytest.raises(ConflictError, match="EF-A059"), engine.begin() as connection:
        late.send("Payment", SEVEN, correlate=SEVEN, by=CITIZEN, connection=connection)
    with engine.begin() as connection:
        late.send("Payment", SEVEN, correlate=SEVEN, by=CITIZEN, connection=connection)
    engine.dispose()

    assert [set(found) for found in of_both(late)] == [{"a", "b"}]


def test_the_key_may_be_known_from_the_diagram_or_from_the_sender(offices) -> None:
    deploy(offices[0], permit=PAIR)
    at_the_same_moment(
        offices,
        lambda office: office.send("Application", {"file": "7"}, by=CITIZEN),
        lambda office: office.send("Payment", {"file": "7", "paid": 5}, correlate=SEVEN, by=CITIZEN),
    )

    assert of_both(offices[0]) == [("a",)]


def thrower(office: Agency, message: str) -> str:
    """Deploy and start a case that throws a message with the key 7 as soon as its task is done; return the task."""
    deploy(office, **{message.lower(): THROWS.format(message)})
    return office.start(message.lower(), SEVEN, by=CITIZEN).tasks[0].id


def test_two_thrown_messages_of_one_conversation_begin_one_case(office: Agency) -> None:
    deploy(office, permit=BOTH)
    office.wiring.run_jobs = "worker"
    tasks = [thrower(office, message) for message in ("Application", "Payment")]
    for task in tasks:
        office.complete(task, by=SYSTEM)
    assert of_both(office) == [], "both are on their way"
    office.run_due()

    assert [sorted(found) for found in of_both(office)] == [["a", "b"]]


def test_a_thrown_message_and_one_from_outside_begin_one_case(offices) -> None:
    deploy(offices[0], permit=BOTH)
    offices[0].wiring.run_jobs = "worker"
    offices[0].complete(thrower(offices[0], "Application"), by=SYSTEM)
    at_the_same_moment(offices, Agency.run_due, lambda office: office.send("Payment", SEVEN, correlate=SEVEN, by=CITIZEN))

    assert [sorted(found) for found in of_both(offices[0])] == [["a", "b"]]


def test_the_same_message_twice_at_the_same_moment_begins_two_cases_as_it_does_one_after_another(offices) -> None:
    deploy(offices[0], permit=BOTH)

    def apply(office: Agency) -> object:
        return office.send("Application", SEVEN, correlate=SEVEN, by=CITIZEN)

    at_the_same_moment(offices, apply, apply)

    assert [set(found) for found in of_both(offices[0])] == [{"a", "d"}] * 2


def test_a_conversation_begins_anew_also_when_ids_do_not_sort_as_its_cases_were_begun(office: Agency, monkeypatch) -> None:
    deploy(office, permit=BOTH)
    ids = iter(("case-5", "case-3", "case-4"))
    monkeypatch.setattr(SequentialIds, "case", lambda _: next(ids))
    begun = [office.send("Application", SEVEN, correlate=SEVEN, by=CITIZEN)[0].id for _ in range(3)]

    assert begun == ["case-5", "case-3", "case-4"]
