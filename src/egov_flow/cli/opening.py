# SPDX-License-Identifier: Apache-2.0
"""Opening the agency that the options name, and finding cases and procedures in it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from egov_flow.agency import Agency, Case, Handler, Handling
from egov_flow.cli.settings import DEFAULT_DATABASE, Settings
from egov_flow.data import Context
from egov_flow.errors import NotFound
from egov_flow.ports import Clock, DataStore
from egov_flow.procedure import Procedure, read_files
from egov_flow.testing import VirtualClock
from egov_flow.values import Actor, Call

__all__ = ["database_file", "deployed", "find_case", "open_agency", "open_answering", "read_procedure", "version_of"]

FILE_URL = "sqlite:///"


def open_agency(
    settings: Settings,
    *,
    creates: bool = False,
    default: str = DEFAULT_DATABASE,
    processes: str | None = None,
    handlers: Mapping[str, Handler | Handling] | None = None,
    stores: Mapping[str, DataStore] | None = None,
    run_jobs: str | None = None,
    clock: Clock | None = None,
) -> Agency:
    """Open the agency on the database that `--db` names.

    Args:
        creates: whether a database that is not there is made; who only looks must not leave an empty one behind.
        default: URL without `--db`.
        handlers: what service tasks call. Without any, their jobs wait for the application that has them.
        stores: the data stores of diagrams.
        run_jobs: as `Agency.open`; without it, jobs run at once where there are handlers.
        clock: instead of the machine's and that of `--clock`.

    Raises:
        NotFound: there is no such database, or no adapter for it.
        StoreError: it cannot be opened.
    """
    url = settings.database or default
    file = database_file(url)
    if file is not None and not creates and not file.exists():
        raise NotFound("EF-L003", file=file)
    moment = VirtualClock(settings.moment) if settings.moment is not None else None
    return Agency.open(
        url,
        processes=processes,
        directory=settings.directory or None,
        tenant=settings.tenant,
        handlers=handlers,
        stores=stores,
        run_jobs=run_jobs or ("inline" if handlers else "worker"),
        clock=clock or moment,
    )


def database_file(url: str) -> Path | None:
    """Return the file of an SQLite URL; None for every other database."""
    if not url.startswith(FILE_URL):
        return None
    name = url.removeprefix(FILE_URL).partition("?")[0].removeprefix("file:")
    return Path(name) if name and name != ":memory:" else None


def open_answering(settings: Settings, answers: Mapping[str, Context]) -> Agency:
    """Open the agency with handlers that always give the answers of `--handler`."""
    return open_agency(settings, handlers={name: _always(answer) for name, answer in answers.items()})


def _always(answer: Context) -> Handler:
    def handler(_: Call) -> Context:
        return answer

    return handler


def find_case(agency: Agency, name: str, by: Actor) -> Case:
    """Return a case by its public number or its id.

    Raises:
        NotFound: there is none that this actor may know of.
    """
    found = agency.cases(by=by, number=name, limit=1)
    return found[0] if found else agency.case(name, by=by)


def read_procedure(settings: Settings, name: str) -> Procedure:
    """Read a procedure: a folder, a .bpmn file, or, with a database, a deployed one as `ID` or `ID:VERSION`.

    Raises:
        NotFound: there is nothing of that name.
    """
    if Path(name).exists():
        return Procedure.read(name)
    procedure, _, version = name.partition(":")
    default = database_file(DEFAULT_DATABASE)
    if settings.database or (default is not None and default.exists()):
        with open_agency(settings) as agency:
            found = deployed(agency, procedure, version=version)
            if found is None:
                known = ", ".join(f"{d.procedure}:{d.version}" for d in agency.wiring.store.deployments(agency.tenant))
                raise NotFound("EF-L052", name=name, known=known or "–")
            return found
    raise NotFound("EF-P001", path=name)


def deployed(agency: Agency, procedure: str, *, version: str = "") -> Procedure | None:
    """Return the newest deployed version of a procedure, or the one asked for; None if there is none."""
    store, tenant = agency.wiring.store, agency.tenant
    found = [d.version for d in store.deployments(tenant) if d.procedure == procedure and version in {"", d.version}]
    whole = store.deployment(tenant, procedure, found[-1]) if found else None
    return read_files(whole.files, folder=procedure) if whole is not None else None


def version_of(agency: Agency, case: Case) -> Procedure:
    """Return the very version that a case runs on."""
    found = deployed(agency, case.procedure, version=case.version)
    if found is None:
        raise NotFound("EF-A002", procedure=case.procedure, version=case.version, known="")
    return found
