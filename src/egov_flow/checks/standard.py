# SPDX-License-Identifier: Apache-2.0
"""The page docs/reference/bpmn.md: what is done with every class, attribute and child of BPMN 2.0.2.

`python -m egov_flow.checks.standard > docs/reference/bpmn.md` makes it from `standard.toml`; which attributes and children there are says the table of the
metamodel, so that a line can be missing in neither.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

import attrs

from egov_flow.checks.metamodel import BpmnType, type_named

__all__ = ["SELF", "STATUSES", "Line", "instance_lines", "lines", "reference"]

STATUSES = ("executed", "refused", "noted", "kept")
SELF = "is"
"""The feature of a class that is the class itself."""
BESIDE = frozenset({"tests", "instances"})
CHAPTERS = {"8": "Core structure", "9": "Collaboration", "10": "Process", "11": "Choreography"}
TRIED = "`tests/docs/test_standard.py`"

HEAD = """# BPMN, class by class

<!-- Made by `python -m egov_flow.checks.standard`; a test keeps it equal to the code, and tries every line. -->

What egov_flow does with every class, attribute and child element of BPMN 2.0.2 (OMG formal/2013-12-09), in the order of its clauses. {count} lines:
{counts}.

- **executed**: the kernel acts upon it as the standard says. The test or the corner case (a diagram of `tests/corners`, or of `tests/textbook`) that
  shows it is named, and holds it.
- **refused**: a procedure that has it is not executed; the error names the element, its place and what to draw instead.
- **noted**: it is not acted upon, and a remark or warning says so.
- **kept**: the standard gives it no effect on the execution of a process. It stays in the file through every edit, and the program is the same with
  it and without it.

For each refused, noted and kept line a test writes the smallest file that has it and compares what is found with the same file without it ({tried}).
The classes come from the JSON descriptors of bpmn-moddle (MIT licence), independent of what is read here. What a class inherits stands at the class
that it inherits from; an abstract class is tried at one of its kinds. Choices that the standard leaves open are in
[semantics](../explanation/semantics.md), rules over diagrams in [rules](rules.md).
"""
CONFORMANCE = """## Execution conformance

§2.3 demands the operational semantics of clause 13; what it calls non-operational (§13.1: manual and abstract task, data state, rules between input
and output sets, ad-hoc sub-process, physical items, data given while an activity runs, `isClosed` of a process, `isImmediate` of a flow) may be
ignored. The sub-class *Common Executable* (§2.2.2) lists these elements and attributes. It also demands XML Schema as type language, WSDL as service
language and XPath as language of data access: egov_flow has FEEL values, handlers by name and FEEL instead, which is why the lines below that speak
of types, implementations and what an operation answers are noted.

{complete} of {count} entries are complete; of the others the gap is named.
"""


@attrs.frozen(kw_only=True)
class Line:
    """What is done with one feature of a class.

    Attributes:
        type: the class.
        feature: attribute or child, or `is` for the class itself.
        status: `executed`, `refused`, `noted` or `kept` (of an attribute of instances also `not there`).
        shown: corner case, textbook model or test of an executed one, code of a refused or noted one; "" of a kept one.
        remark: what is done, in a few words.
        clause: of BPMN 2.0.2.
    """

    type: str
    feature: str
    status: str
    shown: str
    remark: str
    clause: str

    @property
    def name(self) -> str:
        """Return class and feature, `Activity.startQuantity`."""
        return f"{self.type}.{self.feature}"


@cache
def _read(file: str) -> Mapping[str, Any]:
    return tomllib.loads(resources.files("egov_flow.checks").joinpath(file).read_text("utf-8"))


def _shown(text: str) -> str:
    tests: Mapping[str, str] = _read("standard.toml")["tests"]
    return tests[text[1:]] if text.startswith("@") else text


@cache
def lines() -> tuple[Line, ...]:
    """Return what is done with every feature of every class, in the order of the clauses."""
    found = []
    for name, entry in _read("standard.toml").items():
        if name not in BESIDE:
            clause = f"§{entry['clause']}"
            for feature, (status, *shown, remark) in ((k, v) for k, v in entry.items() if k != "clause"):
                found.append(
                    Line(type=name, feature=feature, status=status, shown=_shown("".join(shown)), remark=remark, clause=clause),
                )
    return tuple(found)


@cache
def instance_lines() -> tuple[Line, ...]:
    """Return what is done with the attributes of instances, which have no place in a file."""
    entries = ((name.split("."), entry) for name, entry in _read("standard.toml")["instances"].items())
    return tuple(
        Line(type=type_, feature=feature, status=status, shown=_shown(shown), remark=remark, clause=f"§{clause}")
        for (type_, feature), (status, shown, clause, remark) in entries
    )


def reference() -> str:
    """Return the page."""
    counts = Counter(line.status for line in lines())
    head = HEAD.format(count=len(lines()), counts=", ".join(f"{counts[status]} {status}" for status in STATUSES), tried=TRIED)
    return "\n".join([head, *_chapters(), *_instances(), *_conformance()])


def _chapters() -> Iterator[str]:
    chapter = ""
    for name in dict.fromkeys(line.type for line in lines()):
        own = [line for line in lines() if line.type == name]
        number = own[0].clause[1:].partition(".")[0]
        if number != chapter:
            chapter = number
            yield f"## {number} {CHAPTERS[number]}\n"
        yield from _class(name, own)


def _class(name: str, own: list[Line]) -> Iterator[str]:
    kind = type_named(name)
    assert kind is not None
    parents = ", ".join(f"[{parent}](#{parent.lower()})" for parent in kind.parents)
    yield f"### {name}\n"
    yield f"{own[0].clause}{', abstract' if kind.is_abstract else ''}{f'; inherits from {parents}' if parents else ''}.\n"
    yield "| | holds | status | shown by | what is done |\n|---|---|---|---|---|"
    for line in own:
        yield f"| {_label(line)} | {_holds(kind, line.feature)} | {line.status} | {_by(line)} | {line.remark} |"
    yield ""


def _label(line: Line) -> str:
    return "*the element*" if line.feature == SELF else f"`{line.feature}`"


def _holds(kind: BpmnType, feature: str) -> str:
    """Return what an attribute or child holds, and of a child how many there may be."""
    if feature == SELF:
        return "class" if kind.is_abstract else "element"
    if feature in kind.attributes:
        return kind.attributes[feature].replace("ref:", "→ ")
    slot = next(s for s in kind.slots if s.tag == feature)
    return f"{'→ ' if slot.is_reference else ''}{slot.target or 'text'} [{slot.least}..{slot.most or '*'}]"


def _by(line: Line) -> str:
    if line.status == "kept":
        return "equal programs"
    if line.status in ("refused", "noted"):
        return f"[{line.shown}](rules.md)" if line.shown.startswith("EF-C") else line.shown
    if line.status == "not there":
        return "–"
    if "::" in line.shown:
        return f"`{line.shown.partition('::')[2]}`"
    return f"`{line.shown}`" if "/" in line.shown else f"corner `{line.shown}`"


def _instances() -> Iterator[str]:
    yield "## Attributes of instances\n"
    yield "They have no place in a file; what the kernel keeps of each case stands for them.\n"
    yield "| attribute | clause | status | shown by | what is done |\n|---|---|---|---|---|"
    yield from (f"| `{line.name}` | {line.clause} | {line.status} | {_by(line)} | {line.remark} |" for line in instance_lines())
    yield ""


def _conformance() -> Iterator[str]:
    tables: Mapping[str, Mapping[str, list[str]]] = _read("conformance.toml")
    by_name = {line.name: line for line in lines()}
    gaps = {
        entry: [n for n in names if by_name[n].status in ("refused", "noted")]
        for table in tables.values()
        for entry, names in table.items()
    }
    yield CONFORMANCE.format(complete=sum(not missing for missing in gaps.values()), count=len(gaps))
    yield "| | entry | elements and attributes | |\n|---|---|---|---|"
    for table, entries in tables.items():
        for entry, names in entries.items():
            told = ", ".join(f"`{n.removesuffix('.is')}`" for n in names)
            missing = "; ".join(f"`{n.removesuffix('.is')}` is {by_name[n].status} ({by_name[n].shown})" for n in gaps[entry])
            yield f"| {table} | {entry} | {told} | {missing or 'complete'} |"


if __name__ == "__main__":
    sys.stdout.write(reference() + "\n")
