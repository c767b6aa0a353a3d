# SPDX-License-Identifier: Apache-2.0
"""The expressions of a procedure: where each stands, what it must give, and what is remarked about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

import attrs

from egov_flow.bpmn import FlowNode, Formula, SequenceFlow
from egov_flow.checks.rule import Rule, Subject, contents
from egov_flow.checks.rules.expressions._variables import known_variables
from egov_flow.errors import FeelError, Finding, Place
from egov_flow.feel import Domain, analyse

__all__ = ["Slot", "condition_of", "is_feel", "looking_for", "slots"]

SHOWN = 80


@attrs.frozen
class Slot:
    """One expression: its text, the element it belongs to, its place if that is not the element's, and the type that it must give."""

    text: str
    subject: FlowNode | SequenceFlow
    place: Place | None = None
    wanted: str = ""


def looking_for(remark: str) -> Callable[[Rule, Subject], Iterator[Finding]]:
    """Return the look of a rule that tells one kind of remark, by its code, about every expression."""

    def look(rule: Rule, subject: Subject) -> Iterator[Finding]:
        known = tuple(sorted(known_variables(subject.procedure).items()))
        for slot in slots(subject):
            for found in _remarks(slot.text, known, slot.wanted, bool(subject.procedure.forms)):
                if found.code == remark:
                    told = rule.on(slot.subject, expression=shortened(slot.text), **found.arguments)
                    yield attrs.evolve(told, place=slot.place) if slot.place and slot.place.file else told

    return look


def slots(subject: Subject) -> Iterator[Slot]:
    """Yield the expressions of the process that is executed: conditions, scripts, times, keys, due times."""
    for content in contents(subject.procedure):
        for flow in content.flows:
            text, place = condition_of(subject, flow)
            if text:
                yield Slot(text, flow, place, "boolean")
        for node in content.nodes:
            yield from _of_node(subject, node)


def condition_of(subject: Subject, flow: SequenceFlow) -> tuple[str, Place | None]:
    """Return the condition of a flow, of the diagram or of its link, and its place; "" if it has none that is FEEL."""
    link = subject.procedure.link(flow.id)
    if flow.condition is not None and flow.condition.text.strip():
        return (flow.condition.text.strip() if is_feel(flow.condition.language) else ""), flow.condition.origin.place
    return (link.condition.strip(), link.place) if link is not None else ("", None)


def is_feel(language: str) -> bool:
    """Say whether an expression language is ours."""
    return not language or "feel" in language.lower()


def shortened(text: str) -> str:
    """Return an expression as a message shows it, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"


def _of_node(subject: Subject, node: FlowNode) -> Iterator[Slot]:
    if node.kind == "scriptTask" and node.activity is not None and node.activity.script is not None:
        language = node.activity.script_format.strip() or node.activity.script.language
        yield from _formula(attrs.evolve(node.activity.script, language=language), node)
    for definition in node.event.definitions if node.event is not None else ():
        formula = definition.timer.formula if definition.timer is not None else None
        if formula is not None and not formula.text.strip().startswith(("P", "R", "-P")) and not formula.text.strip()[:1].isdigit():
            yield from _formula(formula, node)
    if node.vendor.correlation_key is not None:
        yield from _formula(node.vendor.correlation_key, node)
    link = subject.procedure.link(node.id)
    if link is not None and link.due.strip():
        yield Slot(link.due.strip(), node, link.place)


def _formula(formula: Formula, node: FlowNode) -> Iterator[Slot]:
    if formula.text.strip() and is_feel(formula.language):
        yield Slot(formula.text.strip(), node, formula.origin.place)


@lru_cache(maxsize=1024)
def _remarks(text: str, known: tuple[tuple[str, Domain], ...], wanted: str, names_known: bool) -> tuple[Finding, ...]:
    try:
        return analyse(text, dict(known), wanted=wanted, names_known=names_known)
    except FeelError:
        return ()  # the kernel tells what is wrong with it
