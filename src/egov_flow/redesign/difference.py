# SPDX-License-Identifier: Apache-2.0
"""A comparison of two versions: as a text that an analyst reads, as JSON for bpmn-js viewers, as a byte diff, as a picture."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

import attrs

from egov_flow.bpmn import Content, Definitions, FlowNode
from egov_flow.diagrams import Marks
from egov_flow.procedure import Procedure
from egov_flow.texts import render
from egov_flow.xml import encoding_of

__all__ = ["Detail", "Diff", "Difference"]

_SIGNS = {"added": "+", "removed": "-", "changed": "~", "moved": "·"}
_FLOWS = frozenset({"sequenceFlow", "messageFlow", "association"})


@attrs.frozen
class Detail:
    """One property before and after; None where there is none."""

    name: str
    before: str | None
    after: str | None


@attrs.frozen
class Difference:
    """One thing that is different.

    Attributes:
        change: `added`, `removed`, `changed`, or `moved` (in the drawing alone).
        subject: `element` of the diagram, `file`, or the path of the YAML file whose entry it is.
        element: id of the element, path of the file, or dotted key of the entry.
        kind: the element's BPMN type.
        name: the element's name.
        details: what changed.
    """

    change: str
    subject: str
    element: str
    kind: str = ""
    name: str = ""
    details: tuple[Detail, ...] = ()


@attrs.frozen(kw_only=True)
class Diff:
    """The differences of two versions, in the order of the files; `old` and `new` are the versions themselves."""

    old: Procedure = attrs.field(repr=False)
    new: Procedure = attrs.field(repr=False)
    entries: tuple[Difference, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.entries)

    def of(self, change: str) -> tuple[Difference, ...]:
        """Return the differences of one kind: `added`, `removed`, `changed` or `moved`."""
        return tuple(e for e in self.entries if e.change == change)

    def text(self, language: str = "en") -> str:
        """Return the differences as lines that an analyst reads; flows that only follow from a change of steps are counted, not listed."""
        say = _Say(language)
        lines = [f"{self.old.id} {self.old.version} → {self.new.id} {self.new.version}"]
        if not self.entries:
            return "\n".join([*lines, "  " + say("EF-R080")])
        elements = [e for e in self.entries if e.subject == "element" and e.change != "moved"]
        if elements:
            lines.append("process.bpmn")
        lines += [f"  {line}" for e in elements if e.kind not in _FLOWS for line in self._element(e, say)]
        lines += [f"  {line}" for line in self._parallel(say)]
        lines += [f"  {line}" for e in elements if e.kind in _FLOWS for line in self._element(e, say)]
        moved = len(self.of("moved"))
        lines += ["  · " + say("EF-R082", count=moved)] if moved else []
        for file in dict.fromkeys(e.subject for e in self.entries if e.subject != "element"):
            lines.append(say("EF-R083") if file == "file" else file)
            lines += [f"  {_entry(e)}" for e in self.entries if e.subject == file]
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.text()

    def _element(self, entry: Difference, say: _Say) -> Iterator[str]:
        named = f'{entry.element} "{entry.name}"' if entry.name else entry.element
        ends = ""
        if entry.kind == "sequenceFlow" and entry.change != "changed":
            model = self.new.model if entry.change == "added" else self.old.model
            flow = next(f for f in model.flows() if f.id == entry.element)
            ends = f" ({flow.source} → {flow.target})"
        yield f"{_SIGNS[entry.change]} {_words(entry.kind)} {named}{ends}"
        for detail in entry.details:
            none = say("EF-R084")
            yield f"    {detail.name}: {_shown(detail.before, none)} → {_shown(detail.after, none)}"

    def _parallel(self, say: _Say) -> Iterator[str]:
        """Yield a line for each step that a new parallel split leads to: with which others it is now done at the same time."""
        added = {e.element for e in self.of("added")}
        old = {n.id for n in self.old.model.nodes()}
        for content in (c for _, c in self.new.model.contents()):
            for split in (n for n in content.nodes if n.id in added and n.kind == "parallelGateway" and len(n.outgoing) > 1):
                steps = [n for n in _after(content, split) if n.id in old]
                for step in steps if len(steps) > 1 else ():
                    others = ", ".join(_named(o) for o in steps if o is not step)
                    yield f"~ {_words(step.kind)} {_named(step)}: {say('EF-R081', others=others)}"

    def as_json(self) -> dict[str, Any]:
        """Return the differences with the four keys of bpmn-js-differ, by element id, and the other files under `files`."""
        elements = [e for e in self.entries if e.subject == "element"]
        changed = {
            e.element: {**_model(e), "attrs": {d.name: {"oldValue": d.before, "newValue": d.after} for d in e.details}}
            for e in elements
            if e.change == "changed"
        }
        others = [e for e in self.entries if e.subject != "element"]
        return {
            "_added": {e.element: _model(e) for e in elements if e.change == "added"},
            "_removed": {e.element: _model(e) for e in elements if e.change == "removed"},
            "_changed": changed,
            "_layoutChanged": {e.element: _model(e) for e in elements if e.change == "moved"},
            "files": [
                {"change": e.change, "file": e.element if e.subject == "file" else e.subject, "key": "" if e.subject == "file" else e.element,
                 "before": e.details[0].before if e.details else None, "after": e.details[0].after if e.details else None}
                for e in others
            ],
        }  # fmt: skip

    def unified(self) -> str:
        """Return the unified diff of process.bpmn, line by line as its author wrote them."""
        sources = [dict(p.files).get("process.bpmn", b"") for p in (self.old, self.new)]
        old, new = (source.decode(encoding_of(source), "replace").splitlines(keepends=True) for source in sources)
        before, after = (f"{p.id}/{p.version}/process.bpmn" for p in (self.old, self.new))
        return "".join(line if line.endswith("\n") else f"{line}\n" for line in difflib.unified_diff(old, new, before, after))

    def __diagram__(self) -> tuple[Definitions, Marks]:
        """Return the new model with what was added, changed and, as ghosts, removed; what only moved is not marked."""
        shown = {
            e.element: e.change
            for e in self.entries
            if e.subject == "element" and e.change != "moved" and e.kind not in {"lane", "process"}
        }
        title = f"{self.new.id}: {self.old.version} → {self.new.version}"
        return self.new.model, Marks(changes=shown, before=self.old.model, title=title)


@attrs.frozen
class _Say:
    language: str

    def __call__(self, code: str, **arguments: object) -> str:
        return render(code, "message", {k: str(v) for k, v in arguments.items()}, self.language)


def _after(content: Content, node: FlowNode) -> list[FlowNode]:
    targets = [f.target for f in content.flows if f.source == node.id]
    return [n for n in content.nodes if n.id in targets]


def _named(node: FlowNode) -> str:
    return f'{node.id} "{node.name}"' if node.name else node.id


def _words(kind: str) -> str:
    return "".join(f" {c.lower()}" if c.isupper() else c for c in kind).strip()


def _model(entry: Difference) -> dict[str, str]:
    return {"id": entry.element, "$type": f"bpmn:{entry.kind[:1].upper()}{entry.kind[1:]}", "name": entry.name}


def _entry(entry: Difference) -> str:
    if not entry.details:
        return f"{_SIGNS[entry.change]} {entry.element}"
    detail = entry.details[0]
    if entry.change == "changed":
        return f"~ {entry.element}: {detail.before} → {detail.after}"
    return f"{_SIGNS[entry.change]} {entry.element}: {detail.after if entry.change == 'added' else detail.before}"


def _shown(value: str | None, none: str) -> str:
    return none if value is None else value
