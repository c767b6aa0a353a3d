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

__all__ = ["Slot", "condition_of", "looking_for", "slots"]

SHOWN = 80


@attrs.frozen
class Slot:
    """One expression.

    Attributes:
        subject: the element it belongs to; None if it stands in obligations.yaml.
        place: if that is not the element's.
        wanted: type that it must give; "" for any.
        key: of the entry in obligations.yaml.
    """

    text: str
    subject: FlowNode | SequenceFlow | None
    place: Place | None = None
    wanted: str = ""
    key: str = ""


def looking_for(remark: str) -> Callable[[Rule, Subject], Iterator[Finding]]:
    """Return the look of a rule that tells one kind of remark, by its code, about every expression."""

    def look(rule: Rule, subject: Subject) -> Iterator[Finding]:
        found = tuple(slots(subject))
        known = tuple(sorted(known_variables(subject.procedure).items()))
        every = _remarks(tuple((slot.text, slot.wanted) for slot in found), known, bool(subject.procedure.forms))
        for slot, remarks in zip(found, every, strict=True):
            yield from (_told(rule, slot, told) for told in remarks if told.code == remark)

    return look


def _told(rule: Rule, slot: Slot, remark: Finding) -> Finding:
    arguments = {"expression": shortened(slot.text), **remark.arguments}
    if slot.subject is None:
        return rule.at(slot.place or Place(), slot.key, **arguments)
    told = rule.on(slot.subject, **arguments)
    return attrs.evolve(told, place=slot.place) if slot.place and slot.place.file else told


def slots(subject: Subject) -> Iterator[Slot]:
    """Yield the expressions of the process that is executed: conditions, scripts, times, keys, due times; and the conditions of obligations."""
    for content in contents(subject.procedure):
        for flow in content.flows:
            text, place = condition_of(subject, flow)
            if text:
                yield Slot(text, flow, place, "boolean")
        for node in content.nodes:
            yield from _of_node(subject, node)
    for obligation in subject.procedure.obligations:
        if obligation.condition.strip():
            yield Slot(obligation.condition.strip(), None, obligation.place, "boolean", f"obligations.{obligation.id}")


def condition_of(subject: Subject, flow: SequenceFlow) -> tuple[str, Place | None]:
    """Return the condition of a flow, of the diagram or of its link, and its place; "" if it has none that is FEEL."""
    link = subject.procedure.link(flow.id)
    if flow.condition is not None and flow.condition.text.strip():
        return (flow.condition.text.strip() if flow.condition.is_feel else ""), flow.condition.origin.place
    return (link.condition.strip(), link.place) if link is not None else ("", None)


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
    if formula.text.strip() and formula.is_feel:
        yield Slot(formula.text.strip(), node, formula.origin.place)


@lru_cache(maxsize=4)  # each of the rules asks the same
def _remarks(
    texts: tuple[tuple[str, str], ...], known: tuple[tuple[str, Domain], ...], names_known: bool
) -> tuple[tuple[Finding, ...], ...]:
    """Return what is remarked about each expression and the type that it must give."""
    domains = dict(known)
    return tuple(_analysed(text, wanted, domains, names_known=names_known) for text, wanted in texts)


def _analysed(text: str, wanted: str, domains: dict[str, Domain], *, names_known: bool) -> tuple[Finding, ...]:
    try:
        return analyse(text, domains, wanted=wanted, names_known=names_known)
    except FeelError:
        return ()  # the kernel tells what is wrong with it
