# SPDX-License-Identifier: Apache-2.0
"""Findings for other programs: SARIF 2.1.0 for code hosts and editors, and the annotations of GitHub Actions."""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from egov_flow.checks.explaining import demand, rule_named, said
from egov_flow.errors import Finding

__all__ = ["github", "sarif"]

LEVELS = {"error": "error", "warning": "warning", "info": "note"}
COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
ESCAPES = {"%": "%25", "\r": "%0D", "\n": "%0A"}


def sarif(findings: Iterable[Finding], language: str = "en") -> str:
    """Return findings as a SARIF 2.1.0 log."""
    found = list(findings)
    codes = sorted({finding.code for finding in found})
    index = {code: number for number, code in enumerate(codes)}
    driver = {
        "name": "egov-flow",
        "version": version("egov-flow"),
        "rules": [_rule(code, language) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, index[finding.code], language) for finding in found],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(code: str, language: str) -> dict[str, Any]:
    rule = rule_named(code)
    described: dict[str, Any] = {"id": code, "shortDescription": {"text": said(code, "message", language)}}
    hint = said(code, "hint", language)
    if hint:
        described["help"] = {"text": hint}
    if rule is not None:
        described |= {"name": rule.name, "fullDescription": {"text": f"{demand(rule)} {rule.why}"}}
        described["defaultConfiguration"] = {"level": LEVELS[rule.severity]}
        described["properties"] = {"tags": [rule.family], **({"source": rule.source} if rule.source else {})}
    return described


def _result(finding: Finding, index: int, language: str) -> dict[str, Any]:
    hint = finding.hint(language)
    text = finding.message(language) + (f"\n{hint}" if hint else "")
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(PurePath(finding.place.file).as_posix())}}
    if finding.place.line:
        place["region"] = {"startLine": finding.place.line, "startColumn": max(1, finding.place.column)}
    location: dict[str, Any] = {"physicalLocation": place} if finding.place.file else {}
    if finding.element:
        named = {"name": finding.name} if finding.name else {}
        location["logicalLocations"] = [{"fullyQualifiedName": finding.element, "kind": finding.type or "element", **named}]
    result = {"ruleId": finding.code, "ruleIndex": index, "level": LEVELS[finding.severity], "message": {"text": text}}
    return result | ({"locations": [location]} if location else {})


def github(findings: Iterable[Finding], language: str = "en") -> str:
    """Return findings as workflow commands of GitHub Actions, one a line."""
    return "\n".join(_annotation(finding, language) for finding in findings)


def _annotation(finding: Finding, language: str) -> str:
    place = {"file": finding.place.file, "line": finding.place.line, "col": finding.place.column, "title": finding.code}
    properties = ",".join(f"{name}={_escaped(str(value), within=True)}" for name, value in place.items() if value)
    subject = f"{finding.type} {finding.name or finding.element}: ".lstrip() if finding.element else ""
    text = f"{subject}{finding.message(language)}\n{finding.hint(language)}".strip()
    return f"::{COMMANDS[finding.severity]} {properties}::{_escaped(text)}"


def _escaped(text: str, *, within: bool = False) -> str:
    table = {**ESCAPES, **({":": "%3A", ",": "%2C"} if within else {})}
    return "".join(table.get(letter, letter) for letter in text)
