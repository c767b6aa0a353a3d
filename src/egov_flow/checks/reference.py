# SPDX-License-Identifier: Apache-2.0
"""The page docs/reference/rules.md, made from the rules themselves: `python -m egov_flow.checks.reference > docs/reference/rules.md`."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator

from egov_flow.checks.elsewhere import BY_PROOF, DISPUTED, LEFT_OUT, OTHERS
from egov_flow.checks.explaining import demand, parts, said
from egov_flow.checks.rule import FAMILIES, Rule
from egov_flow.checks.rules import RULES

__all__ = ["reference"]

TITLES = {
    "specification": "What BPMN 2.0.2 demands in its text",
    "schema": "What BPMN 2.0.2 demands in its class tables",
    "procedure": "What a procedure folder needs",
    "guidance": "What makes a diagram easy to read",
}

HEAD = """# Rules

<!-- Made by `python -m egov_flow.checks.reference`; a test keeps it equal to the rules. -->

`egov-flow check PATH` tells everything that is wrong with a procedure, at once. There are {count} rules: {counts}.
Each stands here with its code, its name in the modeler, its severity, the clause it comes from, why it matters, how to mend it, and a correct and an
incorrect example: they are the rule's tests.
`egov-flow check --explain CODE` shows the same in a terminal; `--fix` mends where a repair cannot change the meaning (marked *fixable*).

Clauses are those of BPMN 2.0.2 (OMG formal/2013-12-09). Rules of the class tables come from a table derived from the JSON descriptors of bpmn-moddle
(MIT licence); the OMG's schema files are not shipped, because they come without a stated licence. What differs from the schema without changing the
meaning is a remark or a warning.

## Settings

A rule is switched by its code or name in `.egov-flow.yaml`, or under `[tool.egov_flow.rules]` in `pyproject.toml`, in the folder of what is checked or above:

```yaml
rules:
  superfluous-gateway: off
  EF-C320: error
```

At an element, a rule is silenced with a reason in procedure.yaml; nothing of it stands in the diagram:

```yaml
silenced:
  - element: Gateway_Urgent
    code: superfluous-gateway
    reason: The ministry's template demands the gateway.
```

Only rules (`EF-C…`) can be switched or silenced. What reading or the kernel refuses stays refused. An error keeps a procedure from being deployed, unless it
is silenced at its element; the settings file is for the command line alone.
"""


def reference() -> str:
    """Return the page."""
    counts = Counter(rule.family for rule in RULES)
    listed = ", ".join(
        f"{counts[family]} of {word}"
        for family, word in zip(FAMILIES, ("the text", "the class tables", "procedures", "guidance"), strict=True)
    )
    return "\n".join([HEAD.format(count=len(RULES), counts=listed), *_families(), *_others()])


def _families() -> Iterator[str]:
    for family in FAMILIES:
        own = [rule for rule in RULES if rule.family == family]
        yield f"## {TITLES[family]}\n"
        yield "| code | name | severity | clause | demands |\n|---|---|---|---|---|"
        yield from (f"| [{r.code}](#{r.code.lower()}-{r.name}) | {r.name} | {r.severity} | {r.source or '–'} | {demand(r)} |" for r in own)
        yield ""
        for rule in own:
            yield from _rule(rule)


def _rule(rule: Rule) -> Iterator[str]:
    source = f" {rule.source}." if rule.source else ""
    fixable = " *fixable*." if rule.mend else ""
    yield f"### {rule.code} {rule.name}\n"
    yield f"{demand(rule)} {rule.why}\n"
    yield f"{rule.severity.capitalize()}.{source}{fixable} It says: *{said(rule.code, 'message')}* To mend it: {said(rule.code, 'hint')}\n"
    for word, example in (("Correct", rule.good), ("Incorrect", rule.bad)):
        yield f"{word}:\n"
        yield from (f"```{language}\n{text}\n```\n" for language, text in parts(example))


def _others() -> Iterator[str]:
    yield "## What reading and the kernel tell\n"
    yield "These have no rule of their own: the reader of diagrams (`EF-B`) and the kernel (`EF-K`) tell them; the clause of BPMN 2.0.2 is behind each.\n"
    yield "| code | clause | demands |\n|---|---|---|"
    yield from (f"| {code} | {clause} | {text} |" for code, (clause, text) in OTHERS.items())
    yield "\n## Demands that are proved instead\n"
    yield "| clause | demands | where |\n|---|---|---|"
    yield from (f"| {clause} | {text} | {where} |" for clause, text, where in BY_PROOF)
    yield "\n## Demands that are not checked\n"
    yield "| clause | demands | why not |\n|---|---|---|"
    yield from (f"| {clause} | {text} | {why} |" for clause, text, why in LEFT_OUT)
    yield "\n## Demands that others read differently\n"
    yield "| clause | says | here |\n|---|---|---|"
    yield from (f"| {clause} | {text} | {counts} |" for clause, text, counts in DISPUTED)


if __name__ == "__main__":
    sys.stdout.write(reference() + "\n")
