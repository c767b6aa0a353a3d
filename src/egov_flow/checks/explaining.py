# SPDX-License-Identifier: Apache-2.0
"""What a rule demands, why, and its two examples, as text that people read."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache

from egov_flow.checks.example import PLAIN, Example
from egov_flow.checks.rule import Rule
from egov_flow.checks.rules import RULES
from egov_flow.errors import NotFound
from egov_flow.texts import catalogue

__all__ = ["demand", "explain", "parts", "pretty", "rule_named", "said"]

PIECE = re.compile(r"<[^>]+>|[^<]+")
PLACEHOLDER = re.compile(r"\{(\w+)\}")


def rule_named(code: str) -> Rule | None:
    """Return the rule of a code or name; None if there is none."""
    return next((rule for rule in RULES if code in (rule.code, rule.name)), None)


def demand(rule: Rule) -> str:
    """Return what a rule demands, in one sentence."""
    return (sys.modules[_module(rule)].__doc__ or "").partition("\n")[0]


@cache
def _module(rule: Rule) -> str:
    """Return the module that a rule stands in: several rules may share one way of looking."""
    found = (name for name, module in list(sys.modules.items()) if getattr(module, "RULE", None) is rule)
    return next(found, rule.look.__module__)


def said(code: str, part: str, language: str = "en") -> str:
    """Return a message or hint with dots where a finding names something."""
    return PLACEHOLDER.sub(r"…", catalogue(language)[code].get(part, ""))


def explain(code: str, language: str = "en") -> str:
    """Explain a code or a rule's name: what it says, why, where it stands, and two examples.

    Raises:
        NotFound: `EF-C904` when there is no such code.
    """
    rule = rule_named(code)
    if rule is None and code not in catalogue("en"):
        raise NotFound("EF-C904", wanted=code[:60])
    lines = [rule.code if rule else code]
    if rule is not None:
        lines = [
            f"{rule.code} {rule.name} ({rule.severity}, {rule.family})",
            demand(rule),
            rule.why,
            *([rule.source] if rule.source else []),
        ]
    known = rule.code if rule else code
    lines += ["", said(known, "message", language), said(known, "hint", language)]
    if rule is not None:
        lines += ["", said("EF-C925", "message", language), *_shown(rule.good), "", said("EF-C926", "message", language), *_shown(rule.bad)]
    return "\n".join(lines)


def _shown(example: Example) -> Iterator[str]:
    for _, text in parts(example):
        yield from (f"  {line}" for line in text.splitlines())


def parts(example: Example) -> Iterator[tuple[str, str]]:
    """Yield the parts of an example that say something, each with the language it is written in."""
    if example.bpmn != PLAIN or not (example.yaml or example.obligations or example.forms):
        yield "xml", pretty(example.bpmn)
    for text in (example.yaml, example.obligations):
        if text:
            yield "yaml", text.rstrip()
    for name, text in example.forms.items():
        yield "json", f"// forms/{name}.json\n{text}" if len(example.forms) > 1 else text


def pretty(xml: str) -> str:
    """Return XML with an element a line; text stays in the line of its element."""
    lines: list[str] = []
    depth, open_line = 0, False
    for piece in PIECE.findall(xml):
        if not piece.startswith("<"):
            lines[-1] += piece
            open_line = False
        elif piece.startswith("</"):
            depth -= 1
            if open_line or (lines and not lines[-1].rstrip().endswith(">")):
                lines[-1] += piece
            else:
                lines.append("  " * depth + piece)
            open_line = False
        else:
            lines.append("  " * depth + piece)
            open_line = not piece.endswith("/>")
            depth += open_line
    return "\n".join(lines)
