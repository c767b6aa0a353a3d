# SPDX-License-Identifier: Apache-2.0
"""Which rules count: severities of an agency's own, and what is silenced at an element, with its reason."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

import attrs

from egov_flow.errors import Finding, InvalidData, NotFound
from egov_flow.procedure import Silenced, read_entries, read_source

__all__ = ["DEFAULT", "FILES", "OFF", "Policy"]

OFF = "off"
SEVERITIES = ("error", "warning", "info", OFF)
OURS = "EF-C"
"""Only rules can be silenced, whatever procedure.yaml says."""
FILES = (".egov-flow.yaml", "pyproject.toml")
"""Looked for in this order, in the folder of what is checked and in those around it."""

LARGEST = 4_000_000
"""Bytes of a settings file, which may be a whole project's."""


@attrs.frozen
class Policy:
    """Severities of rules, by code; a rule that is not named keeps its own.

    Only rules (`EF-C…`) can be changed: what reading or the kernel refuses stays refused, whatever a settings file says.

    Attributes:
        severities: `error`, `warning`, `info` or `off` by code.
        file: where they were read from; "" for none.
    """

    severities: Mapping[str, str] = attrs.field(factory=dict, hash=False)
    file: str = ""

    @classmethod
    def of(cls, rules: Mapping[str, str], file: str = "") -> Policy:
        """Return a policy of severities by code or by name of the rule.

        Raises:
            InvalidData: `EF-C900` for a rule that is not known, `EF-C901` for a severity that is none.
        """
        severities, names = {}, _names() if rules else {}
        for rule, severity in rules.items():
            code = names.get(rule, rule)
            if code not in names.values():
                raise InvalidData("EF-C900", rule=rule[:60], file=file)
            if severity not in SEVERITIES:
                raise InvalidData("EF-C901", rule=rule[:60], severity=str(severity)[:40], file=file)
            severities[code] = severity
        return cls(severities, file)

    @classmethod
    def near(cls, path: str | Path) -> Policy:
        """Return the policy of the nearest `.egov-flow.yaml`, or of `[tool.egov_flow]` in pyproject.toml, at or above a path.

        Raises:
            InvalidData: `EF-C902` when the file cannot be read as one.
        """
        start = Path(path).resolve()
        for folder in (start, *start.parents):
            for name in FILES:
                rules = _rules(folder / name)
                if rules is not None:
                    return cls.of(rules, str(folder / name))
        return DEFAULT

    @classmethod
    def read(cls, path: str | Path) -> Policy:
        """Return the policy of a settings file.

        Raises:
            NotFound: there is no such file, or it holds no settings of ours.
        """
        rules = _rules(Path(path))
        if rules is None:
            raise NotFound("EF-C903", file=str(path)[:200])
        return cls.of(rules, str(path))

    def apply(self, findings: Iterable[Finding], silenced: Iterable[Silenced] = ()) -> list[Finding]:
        """Return the findings with their severities, without those that are off or silenced at their element."""
        names = _names()
        quiet = {(entry.element, names.get(entry.code, entry.code)) for entry in silenced}
        kept = []
        for finding in findings:
            if (finding.element, finding.code) in quiet and finding.code.startswith(OURS):
                continue
            severity = self.severities.get(finding.code, finding.severity)
            if severity != OFF:
                kept.append(finding if severity == finding.severity else attrs.evolve(finding, severity=severity))
        return kept


DEFAULT = Policy()


def _names() -> Mapping[str, str]:
    """Return the codes of the rules by their names."""
    from egov_flow.checks.rules import RULES

    return {rule.name: rule.code for rule in RULES}


def _rules(file: Path) -> Mapping[str, str] | None:
    """Return the rules of a settings file; None when it is not there or holds none of ours."""
    try:
        source = read_source(file, LARGEST)
    except OSError:
        return None
    return _of_toml(source, file) if file.suffix == ".toml" else _of_yaml(source, file)


def _of_toml(source: bytes, file: Path) -> Mapping[str, str] | None:
    try:
        table = tomllib.loads(source.decode("utf-8")).get("tool", {}).get("egov_flow")
    except (ValueError, AttributeError) as wrong:
        raise InvalidData("EF-C902", file=str(file), problem=type(wrong).__name__) from wrong
    if table is None:
        return None
    rules = table.get("rules", {}) if isinstance(table, dict) else None
    if not isinstance(rules, dict) or set(table) - {"rules"}:
        raise InvalidData("EF-C902", file=str(file), problem="rules")
    return {str(rule): str(severity) for rule, severity in rules.items()}


def _of_yaml(source: bytes, file: Path) -> Mapping[str, str]:
    entry, findings = read_entries(source, str(file))
    if findings:
        raise InvalidData("EF-C902", file=str(file), problem=findings[0].message())
    rules = entry.get("rules") if entry is not None else None
    if entry is not None and (entry.kind != "map" or {key.text for key, _ in entry.pairs} - {"rules"}):
        raise InvalidData("EF-C902", file=str(file), problem="rules")
    return {key.text: value.text for key, value in rules.pairs} if rules is not None else {}
