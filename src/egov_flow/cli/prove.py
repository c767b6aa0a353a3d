# SPDX-License-Identifier: Apache-2.0
"""`egov-flow prove`: does every case end well, and does every version keep the law?"""

from __future__ import annotations

import click

from egov_flow.cli.opening import read_procedure
from egov_flow.cli.options import common, example, on_database
from egov_flow.cli.output import show_document, show_findings, show_heading, show_table, show_text
from egov_flow.cli.settings import Settings
from egov_flow.procedure import Procedure
from egov_flow.proof import Proof

__all__ = ["prove", "show_proof", "verdict"]

ANSWERS = {True: "EF-L040", False: "EF-L041", None: "EF-L042"}


@click.command(epilog=example("prove processes/indonesia/foi_request", "prove drawing.bpmn --svg way.svg"))
@click.argument("path")
@click.option("--states", type=click.IntRange(min=1), help="How many states are explored; past them nothing is claimed.")
@click.option("--svg", type=click.Path(dir_okay=False, writable=True), help="Draw the way of the first counterexample.")
@on_database
@common
def prove(settings: Settings, *, path: str, states: int | None, svg: str | None) -> None:
    """Prove that every case ends well and keeps the law.

    PATH is a procedure folder, a .bpmn file, or the name of a deployed procedure. Data is ignored: what is proved holds whatever people fill in. The exit
    code is 0 only if everything was proved; what was not verified is said.
    """
    from egov_flow.proof import STATES
    from egov_flow.proof import prove as prove_procedure

    procedure = read_procedure(settings, path)
    proof = prove_procedure(procedure, states=states or STATES)
    if settings.is_json:
        show_document(_document(proof, settings.language))
    else:
        show_proof(settings, procedure, proof)
    if svg and proof.counterexamples:
        from egov_flow.diagrams import diagram

        first = proof.counterexamples[0]
        diagram(procedure, path=first.path, states={first.element: "incident"}, title=first.finding.message(settings.language)).save(svg)
        settings.warn("EF-L012", file=svg)
    if proof.findings or proof.not_verified:
        raise click.exceptions.Exit(1)


def verdict(settings: Settings, holds: bool | None) -> str:
    """Return `yes`, `no` or `not verified`."""
    return settings.say(ANSWERS[holds])


def show_proof(settings: Settings, procedure: Procedure, proof: Proof) -> None:
    """Print a proof: sound or not, each obligation, and the way to what is wrong."""
    show_text(
        settings.say(
            "EF-L043", procedure=procedure.id, version=procedure.version, verdict=verdict(settings, proof.sound), states=proof.states
        )
    )
    if proof.obligations:
        show_heading(settings, "EF-L044")
        why = {o.id: o.why for o in procedure.obligations}
        rows = [(v.obligation, verdict(settings, v.holds), why.get(v.obligation, "")) for v in proof.obligations]
        show_table(settings, ("EF-L100", "EF-L101", "EF-L102"), rows)
    for counterexample in proof.counterexamples:
        show_findings([counterexample.finding], settings.language)
        if counterexample.path:
            show_text("  " + settings.say("EF-L045", path=" → ".join(counterexample.path)))
    for broken in proof.obligations:
        if broken.holds is False and broken.finding is not None:
            show_findings([broken.finding], settings.language)
            show_text("  " + settings.say("EF-L045", path=" → ".join(broken.witness)))
    show_findings(proof.not_verified, settings.language)


def _document(proof: Proof, language: str) -> dict[str, object]:
    return {
        "sound": proof.sound,
        "states": proof.states,
        "obligations": [{"obligation": v.obligation, "holds": v.holds, "witness": v.witness} for v in proof.obligations],
        "counterexamples": [
            {"kind": c.kind, "path": c.path, "flows": c.flows, "finding": c.finding.as_json(language)} for c in proof.counterexamples
        ],
        "findings": [f.as_json(language) for f in proof.findings],
        "not_verified": [f.as_json(language) for f in proof.not_verified],
    }
