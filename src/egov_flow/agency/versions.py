# SPDX-License-Identifier: Apache-2.0
"""Deployed versions, read and compiled once."""

from __future__ import annotations

import threading
from datetime import datetime
from typing import Any

import attrs

from egov_flow.agency.wiring import Wiring
from egov_flow.errors import NotFound
from egov_flow.kernel import Program, Tick, awaits_more, begun_by, due_starts
from egov_flow.ports import Calendar, Engine
from egov_flow.procedure import Procedure, read_files
from egov_flow.values import CaseRecord, Deployment

__all__ = ["Version", "Versions"]


@attrs.frozen
class Version:
    """A deployed procedure, ready to run."""

    procedure: Procedure
    engine: Engine[Any, Any, Any]
    program: Any
    calendar: Calendar


@attrs.define
class Versions:
    """The deployed versions of one tenant. A version never changes, so what was compiled once stays right."""

    wiring: Wiring
    tenant: str
    _ready: dict[tuple[str, str], Version] = attrs.Factory(dict)
    _lock: threading.Lock = attrs.Factory(threading.Lock)

    def deployed(self, procedure: str) -> tuple[Deployment, ...]:
        """Return the deployments of a procedure without their files, oldest first."""
        return tuple(d for d in self.wiring.store.deployments(self.tenant) if d.procedure == procedure)

    def newest(self, procedure: str, version: str | None = None) -> tuple[Deployment, Version]:
        """Return the version that new cases start on: the newest, or the one asked for.

        Raises:
            NotFound: it is not deployed here.
        """
        found = [d for d in self.deployed(procedure) if version in {None, d.version}]
        if not found:
            known = sorted({d.procedure for d in self.wiring.store.deployments(self.tenant)})
            raise NotFound("EF-A002", procedure=procedure, version=version or "any", known=", ".join(known) or "none")
        return found[-1], self.ready(found[-1])

    def all_newest(self) -> tuple[Deployment, ...]:
        """Return the newest deployment of each procedure, without its files, in the order of their ids."""
        newest = {deployment.procedure: deployment for deployment in self.wiring.store.deployments(self.tenant)}
        return tuple(newest[procedure] for procedure in sorted(newest))

    def beginnings(self, message: str, *, joined: bool = False) -> tuple[tuple[str, str], ...]:
        """Return the (procedure, start event) at which a message of that name begins a case on the newest version.

        Args:
            message: its name.
            joined: only those at which other messages are awaited then.
        """
        found = []
        for deployment in self.all_newest():
            program = self.ready(deployment).program
            if isinstance(program, Program):
                elements = (e for e in begun_by(program, message) if not joined or awaits_more(program, e))
                found += [(deployment.procedure, element) for element in elements]
        return tuple(found)

    def due_beginnings(self, now: datetime) -> tuple[tuple[Deployment, Tick], ...]:
        """Return the timer start events of the newest versions whose time has come since they were deployed."""
        found = []
        for deployment in self.all_newest():
            program = self.ready(deployment).program
            if isinstance(program, Program):
                found += [(deployment, tick) for tick in due_starts(program, deployment.at, now)]
        return tuple(found)

    def of(self, record: CaseRecord) -> Version:
        """Return the very version that a case runs on."""
        ready = self._ready.get((record.procedure, record.sha256))
        if ready is not None:
            return ready
        for deployment in self.deployed(record.procedure):
            if deployment.sha256 == record.sha256:
                return self.ready(deployment)
        raise NotFound("EF-A002", procedure=record.procedure, version=record.version, known="")

    def ready(self, deployment: Deployment) -> Version:
        """Return a deployed version, read and compiled."""
        key = (deployment.procedure, deployment.sha256)
        with self._lock:
            ready = self._ready.get(key)
            if ready is None:
                whole = self.wiring.store.deployment(self.tenant, deployment.procedure, deployment.version)
                if whole is None:
                    raise NotFound("EF-A002", procedure=deployment.procedure, version=deployment.version, known="")
                ready = self._made(read_files(whole.files, folder=deployment.procedure))
                self._ready[key] = ready
            return ready

    def keep(self, procedure: Procedure) -> None:
        """Take in a version that was read from its files and just deployed, so that it is not read again."""
        with self._lock:
            self._ready[procedure.id, procedure.sha256] = self._made(procedure)

    def _made(self, procedure: Procedure) -> Version:
        engine = self.wiring.engine(procedure.engine)
        return Version(procedure, engine, engine.compile(procedure), self.wiring.calendar(procedure.calendar))
