# SPDX-License-Identifier: Apache-2.0
"""Deploys a version: checked, proved, stored whole, recorded in the registry's own chain."""

from __future__ import annotations

from pathlib import Path

from egov_flow.agency.authorising import may_deploy
from egov_flow.agency.desk import Desk
from egov_flow.agency.recording import Permit
from egov_flow.agency.throwing import INCOMING
from egov_flow.audit import chain
from egov_flow.checks import check
from egov_flow.errors import ConflictError, Finding, NotFound, ProcedureError, blocking
from egov_flow.kernel import stores_of
from egov_flow.ports import Store
from egov_flow.procedure import Procedure, read_files
from egov_flow.proof import prove
from egov_flow.values import SYSTEM, Actor, Change, Deployment, Event
from egov_flow.work import person_of

__all__ = ["REGISTRY", "deploy", "enter"]

REGISTRY = "registry"
"""The pseudo-case whose chain records deployments."""


def deploy(desk: Desk, procedure: Procedure | str, *, by: Actor | None, accept: str) -> Deployment:
    """Deploy a version, or return the deployment that has the same content already."""
    actor = by or SYSTEM
    permit = may_deploy(desk.wiring, actor)
    read = _as_its_files_say(procedure) if isinstance(procedure, Procedure) else Procedure.read(_path(desk, procedure))
    if read.id == INCOMING:
        raise ConflictError("EF-A051", procedure=read.id)
    for older in desk.versions.deployed(read.id):
        if older.sha256 == read.sha256:
            return desk.wiring.store.deployment(desk.tenant, older.procedure, older.version) or older
        if older.version == read.version:
            raise ConflictError("EF-A018", procedure=read.id, version=read.version)
    _must_be_deployable(desk, read, accept)
    return enter(desk, desk.wiring.store, read, actor, permit, accept=accept)


def enter(desk: Desk, store: Store, procedure: Procedure, actor: Actor, permit: Permit, *, accept: str = "") -> Deployment:
    """Enter a version into the registry, unless it has one of that number with other content.

    Raises:
        ConflictError: it has one, or somebody else deployed at the same moment.
    """
    deployment = Deployment(
        procedure=procedure.id,
        version=procedure.version,
        sha256=procedure.sha256,
        files=procedure.files,
        by=actor.id,
        at=desk.wiring.clock.now(),
        accepted=accept,
    )
    _commit(desk, store, deployment, actor, permit)
    desk.versions.keep(procedure)
    return deployment


def _as_its_files_say(procedure: Procedure) -> Procedure:
    """Return the procedure read again: what is checked and proved is what will run, whatever else an object that somebody made may hold."""
    is_folder = any(path == "procedure.yaml" for path, _ in procedure.files)
    return read_files(procedure.files, folder=procedure.folder if is_folder else procedure.id)


def _path(desk: Desk, name: str) -> str:
    """Return the path of a procedure: as given, or below the agency's folder of procedures."""
    if Path(name).exists() or desk.wiring.processes is None:
        return name
    direct = desk.wiring.processes / name
    if direct.exists():
        return str(direct)
    found = sorted(p.parent for p in desk.wiring.processes.glob("**/process.bpmn") if p.parent.name == name)
    if not found:
        raise NotFound("EF-A019", name=name, folder=desk.wiring.processes)
    return str(found[0])


def _must_be_deployable(desk: Desk, procedure: Procedure, accept: str) -> None:
    findings = list(check(procedure, handlers=desk.wiring.handlers))
    findings += [f for f in desk.wiring.engine(procedure.engine).refusals(procedure) if f not in findings]
    findings += _unknown_stores(desk, procedure)
    if blocking(findings):
        raise ProcedureError(blocking(findings))
    proof = prove(procedure)
    if proof.findings:
        raise ProcedureError(proof.findings)
    if proof.not_verified and not accept:
        unverified = [Finding.of("EF-A032", element=procedure.id, reason=str(reason)) for reason in proof.not_verified]
        raise ProcedureError(unverified)


def _unknown_stores(desk: Desk, procedure: Procedure) -> list[Finding]:
    """Return a finding for each data store of the diagram that the agency lacks; none where the jobs are a worker's, which has stores of its own."""
    wiring = desk.wiring
    if wiring.run_jobs != "inline":
        return []
    lacking = ((name, node) for name, node in stores_of(procedure) if name not in wiring.stores)
    return [Finding.of("EF-A054", n.origin.place, element=n.id, name=n.name, type=n.kind, store=name) for name, n in lacking]


def _commit(desk: Desk, store: Store, deployment: Deployment, actor: Actor, permit: Permit) -> None:
    seq, leaf = 0, ""
    for chained in store.events(desk.tenant, REGISTRY):
        seq, leaf = chained.event.case_seq, chained.leaf
    event = Event(
        tenant=desk.tenant,
        case=REGISTRY,
        case_seq=seq + 1,
        time=deployment.at,
        kind="deploy",
        command="deploy",
        element=deployment.procedure,
        detail=f"{deployment.version} {deployment.sha256}",
        actor=actor.id,
        person=person_of(actor, desk.wiring.confirmed(actor)),
        affiliation=permit.affiliation,
        policy=permit.policy,
        reason=deployment.accepted,
    )
    store.commit(Change(tenant=desk.tenant, events=chain((event,), leaf), deployment=deployment))
