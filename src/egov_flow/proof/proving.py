# SPDX-License-Identifier: Apache-2.0
"""`prove`: explore, look for what is wrong, and say what was not looked at."""

from __future__ import annotations

from egov_flow.errors import Finding, ProcedureError
from egov_flow.kernel import compile as compile_program
from egov_flow.procedure import Procedure
from egov_flow.proof import obligations
from egov_flow.proof.result import Proof
from egov_flow.proof.shape import begun_again, done_once, several, side_paths
from egov_flow.proof.soundness import about, counterexamples
from egov_flow.proof.space import DEEP, explore

STATES = 20_000


def prove(procedure: Procedure, *, states: int = STATES) -> Proof:
    """Return what can be proved of a procedure, data ignored; never raises for what is wrong with the procedure.

    Every choice may go either way, work and jobs may be done in any order, every awaited message, timer and deadline may come at any time. So what is proved
    holds for all data; a counterexample is a way through the diagram, which the data of real cases may rule out.

    Args:
        procedure: read whole.
        states: how many states are explored; past that bound nothing is claimed.
    """
    try:
        program = compile_program(procedure, conditions="free")
    except ProcedureError as refused:
        findings = (Finding.of("EF-V021", severity="warning", procedure=procedure.id), *refused.findings)
        unknown = obligations.not_verified(procedure)
        return Proof(sound=None, obligations=unknown, not_verified=(*findings, *obligations.reasons(unknown)))
    paths, meeting = side_paths(program)
    once = done_once(program)
    space = explore(program, states, paths, once | obligations.watched_elements(procedure))
    throwing = several(program)
    wrong = counterexamples(procedure, space, once, is_whole=not throwing)
    unsure = [about(procedure, "EF-V023", node.id, severity="warning") for node in meeting]
    unsure += [about(procedure, "EF-V026", node.id, severity="warning") for node in throwing]
    unsure += [about(procedure, "EF-V027", node.id, severity="warning") for node in begun_again(program)]
    unsure += [about(procedure, "EF-V029", element, severity="warning") for element in dict.fromkeys(space.undecided.values())]
    if space.deep:
        unsure.append(Finding.of("EF-V028", severity="warning", procedure=procedure.id, times=DEEP))
    if space.open_ends - space.deep:
        unsure.append(Finding.of("EF-V020", severity="warning", procedure=procedure.id, states=states))
    verdicts = obligations.verdicts(procedure, space)
    return Proof(
        sound=False if wrong else None if unsure else True,
        obligations=verdicts,
        counterexamples=wrong,
        not_verified=(*unsure, *obligations.reasons(verdicts)),
        states=len(space.edges) - 1,
    )
