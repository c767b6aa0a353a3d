# SPDX-License-Identifier: Apache-2.0
"""The composition root: which adapter answers which port."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

import attrs

from egov_flow.agency.handling import Handler, Handling
from egov_flow.agency.keys import KeyRing, make_master_key, read_master_key
from egov_flow.agency.sealing import Seal
from egov_flow.deadlines import WeekCalendar
from egov_flow.errors import NotFound, ProcedureError, StoreError
from egov_flow.kernel import KernelEngine
from egov_flow.ports import Administration, Calendar, Clock, DataStore, Directory, Engine, Ids, Store
from egov_flow.values import SYSTEM, Actor, Call
from egov_flow.work import Confirmed, read_organisation

__all__ = ["Handler", "Handling", "RandomIds", "SystemClock", "Wiring", "administration", "give_key", "wire"]

ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"
"""Letters and digits nobody confuses when a number is read aloud, and no vowels: no number spells a word."""


@attrs.frozen
class SystemClock:
    """The machine's clock, in UTC."""

    def now(self) -> datetime:
        """Return the present moment."""
        return datetime.now(UTC)


@attrs.frozen
class RandomIds:
    """Ids from the system's secure random source."""

    def case(self) -> str:
        """Return a case id: milliseconds first, so that later ones sort after earlier ones, then 80 random bits."""
        return f"{time.time_ns() // 1_000_000:012x}-{secrets.token_hex(10)}"

    def number(self, procedure: str) -> str:
        """Return a public number of 60 random bits, `FOIR-7K3M-9QXT-2BHD-VN`."""
        letters = [secrets.choice(ALPHABET) for _ in range(14)]
        groups = ["".join(letters[i : i + 4]) for i in range(0, len(letters), 4)]
        return "-".join([_prefix(procedure), *groups])

    def random(self, size: int) -> bytes:
        """Return that many random bytes."""
        return os.urandom(size)


def _prefix(procedure: str) -> str:
    words = [w for w in procedure.replace("-", "_").split("_") if w]
    return "".join(w[0] for w in words).upper()[:4] if len(words) > 1 else procedure[:4].upper()


@attrs.define(kw_only=True)
class Wiring:
    """Everything an Agency reaches outside for.

    Attributes:
        stores: the data stores of diagrams, by name.
        run_jobs: `inline` drains a case's own jobs before a call returns; `worker` leaves them to a worker.
        processes: folder that `deploy` looks procedures up in.
    """

    store: Store
    clock: Clock
    ids: Ids
    directory: Directory | None
    handlers: Mapping[str, Handler | Handling]
    stores: Mapping[str, DataStore]
    run_jobs: str
    processes: Path | None
    seal: Seal
    keys: KeyRing
    engines: dict[str, Engine[Any, Any, Any]]

    def engine(self, name: str) -> Engine[Any, Any, Any]:
        """Return the engine of that name; raises NotFound with the names there are."""
        if name not in self.engines:
            self.engines[name] = _load("egov_flow.engines", name)()
        return self.engines[name]

    def calendar(self, scheme: str) -> Calendar:
        """Return the calendar that a procedure names, `holidays:ID`; "" is Monday to Friday."""
        if not scheme:
            return WeekCalendar()
        calendar: Calendar = _load("egov_flow.calendars", scheme.partition(":")[0])(scheme)
        return calendar

    @property
    def patience(self) -> Handling:
        """Return how patient the Agency is where nobody says it."""
        return Handling(_nothing, tries=5 if self.run_jobs == "worker" else 1)

    def handling(self, name: str) -> Handling | None:
        """Return the handler of that name and how patient the Agency is with it; None if there is none."""
        found = self.handlers.get(name)
        return found if found is None or isinstance(found, Handling) else attrs.evolve(self.patience, call=found)

    def confirmed(self, actor: Actor) -> Confirmed | None:
        """Return what the directory says of an actor; None without one, when what is claimed is trusted, and of the system, which needs none."""
        if self.directory is None or actor == SYSTEM:
            return None
        ask = self.directory
        return Confirmed(ask.roles(actor.id), ask.office(actor.id) or "", ask.person(actor.id) or "")


def wire(
    url: str,
    *,
    processes: str | None,
    directory: str | Directory | None,
    handlers: Mapping[str, Handler | Handling] | None,
    stores: Mapping[str, DataStore] | None,
    run_jobs: str | None,
    clock: Clock | None,
    ids: Ids | None,
) -> Wiring:
    """Return the wiring for a store URL: the adapter is found by its scheme among the installed entry points.

    Raises:
        NotFound: no adapter of that scheme is installed.
        StoreError: the database cannot be opened.
        ProcedureError: the organisation file has findings.
    """
    if run_jobs not in {None, "inline", "worker"}:
        raise ValueError(f"run_jobs is 'inline' or 'worker', not {run_jobs!r}")
    scheme = url.partition(":")[0].partition("+")[0]
    open_store = _load("egov_flow.stores", scheme)
    the_ids = ids or RandomIds()
    master = read_master_key(url, the_ids)
    store: Store = open_store(url)
    try:
        if isinstance(master, Path) and (master.exists() or not store.tenants()):  # a used database had one: another would open nothing
            master = make_master_key(master)
    except BaseException:
        store.close()
        raise
    seal = Seal(the_ids)
    return Wiring(
        store=store,
        clock=clock or SystemClock(),
        ids=the_ids,
        directory=_directory(directory),
        handlers=dict(handlers or {}),
        stores=dict(stores or {}),
        run_jobs=run_jobs or ("worker" if scheme == "postgresql" else "inline"),
        processes=Path(processes) if processes else None,
        seal=seal,
        keys=KeyRing(seal, the_ids, master),
        engines={"kernel": KernelEngine()},
    )


def administration(url: str) -> Administration:
    """Return what the owner of a store's database does to it.

    Raises:
        NotFound: no store of that scheme has a database to look after.
        StoreError: the adapter cannot be loaded.
    """
    found: Administration = _load("egov_flow.administrations", url.partition(":")[0].partition("+")[0])(url)
    return found


def give_key(url: str) -> Path | None:
    """Write a master key for a SQLite database that never had one, as those of layout 1; return its file, None where a key is named or there.

    Raises:
        StoreError: the file cannot be written.
    """
    found = read_master_key(url, RandomIds())
    if not isinstance(found, Path):
        return None
    make_master_key(found)
    return found


def _nothing(_: Call) -> None:
    return None


def _directory(directory: str | Directory | None) -> Directory | None:
    if not isinstance(directory, str):
        return directory
    organisation, findings = read_organisation(directory)
    if organisation is None:
        raise ProcedureError(findings)
    return organisation


def _load(group: str, name: str) -> Any:
    try:
        return _entry(group, name).load()
    except ImportError as cause:
        raise StoreError("EF-A011", name=name, group=group, missing=cause.name or str(cause)) from cause


@cache
def _entry(group: str, name: str) -> EntryPoint:
    """Return an installed entry point. Looking reads the metadata of every distribution; so what was found is kept, what was not is looked for again."""
    found = entry_points(group=group)
    for entry in found:
        if entry.name == name:
            return entry
    raise NotFound("EF-A010", name=name, group=group, known=", ".join(sorted({e.name for e in found})) or "none")
