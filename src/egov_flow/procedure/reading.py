# SPDX-License-Identifier: Apache-2.0
"""Reading a procedure whole: the folder (or one .bpmn file) becomes a `Procedure`, and everything that is wrong becomes a finding."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import attrs

from egov_flow.bpmn import read as read_bpmn
from egov_flow.bpmn.model import Definitions
from egov_flow.data import zone_named
from egov_flow.errors import Finding, NotFound, Place
from egov_flow.procedure.entries import read_entries
from egov_flow.procedure.folder import MAIN, counts, fingerprint, gather, read_bytes, shown, write_files
from egov_flow.procedure.forms import read_form
from egov_flow.procedure.model import Form, Procedure
from egov_flow.procedure.shapes import INVALID, Record, read_shape
from egov_flow.procedure.vocabulary import OBLIGATIONS, PROCEDURE

__all__ = ["read", "read_files", "write"]


def read(path: str | Path) -> Procedure:
    """Read a procedure folder, or one .bpmn file with defaults for the rest.

    What is wrong inside is told in `Procedure.findings`, with file, line and column; reading never raises for it.

    Raises:
        NotFound: there is nothing at that path, or it cannot be looked at.
    """
    place = Path(path)
    try:
        is_folder, exists = place.is_dir(), place.exists()
    except (OSError, ValueError) as cause:  # no right to look, or a name that no file can have
        raise NotFound("EF-P001", path=str(path)[:200]) from cause
    if not exists or not str(path):
        raise NotFound("EF-P001", path=str(path)[:200])
    if is_folder:
        gathered = gather(place)
        return _assemble(dict(gathered.files), str(path), gathered.findings, "")
    data, findings = read_bytes(place.resolve(), Place(str(path)))
    return _assemble({} if data is None else {MAIN: data}, str(place.parent), findings, str(path))


def read_files(files: Iterable[tuple[str, bytes]], folder: str = "") -> Procedure:
    """Read a procedure from (path inside its folder, bytes), as a deployed version or a redesign holds it.

    Args:
        files: paths that are no part of a procedure folder, or stand twice, are findings.
        folder: for messages, and for the id when procedure.yaml gives none.
    """
    taken: dict[str, bytes] = {}
    findings = []
    for path, data in files:
        if path in taken or not counts(path):
            findings.append(Finding.of("EF-P045", Place(folder), path=path[:120]))
        else:
            taken[path] = data
    return _assemble(taken, folder, tuple(findings), "")


def write(procedure: Procedure, folder: str | Path) -> None:
    """Write the files of a procedure into a folder, byte for byte; other files there stay as they are.

    Raises:
        OSError: the folder or a file cannot be written.
    """
    write_files(procedure.files, Path(folder))


@attrs.define
class _Reading:
    """One procedure being read: its files, and what has been found wrong."""

    files: dict[str, bytes]
    folder: str
    diagram: str
    findings: list[Finding]

    def file(self, path: str) -> str:
        if path == MAIN and self.diagram:
            return self.diagram
        return shown(self.folder, path)

    def model(self) -> Definitions:
        file = self.file(MAIN)
        source = self.files.get(MAIN)
        if source is None:
            if not any(f.place.file == file for f in self.findings):
                self.findings.append(Finding.of("EF-P046", Place(self.folder)))
            return Definitions(file=file)
        model = read_bpmn(source, file)
        self.findings.extend(model.findings)
        return model

    def yaml(self, path: str, shape: Record) -> dict[str, Any]:
        if path not in self.files:
            return {}
        entry, findings = read_entries(self.files[path], self.file(path))
        self.findings.extend(findings)
        if entry is None:
            if not findings:
                self.findings.append(Finding.of("EF-P047", Place(self.file(path))))
            return {}
        values = read_shape(entry, shape, self.findings)
        return {} if values is INVALID else values

    def forms(self) -> tuple[Form, ...]:
        forms = []
        for path in sorted(p for p in self.files if p.startswith("forms/")):
            form, findings = read_form(self.files[path], path, self.file(path))
            self.findings.extend(findings)
            if form is not None:
                forms.append(form)
        return tuple(forms)

    def decisions(self) -> None:
        for path in sorted(p for p in self.files if p.startswith("decisions/")):
            self.findings.append(Finding.of("EF-P048", Place(self.file(path)), severity="info"))

    def process(self, model: Definitions, wanted: str) -> str:
        place = Place(self.file("procedure.yaml" if wanted else MAIN))
        if wanted:
            if model.process(wanted) is None:
                self.findings.append(Finding.of("EF-P049", place, element="process", process=wanted, known=_listed(model)))
            return wanted
        executable = [p.id for p in model.processes if p.is_executable]
        for candidates in (executable, [p.id for p in model.processes]):
            if len(candidates) == 1:
                return candidates[0]
        if model.processes:
            self.findings.append(Finding.of("EF-P050", place, known=_listed(model)))
        return ""

    def zone(self, zone: str) -> None:
        try:
            zone_named(zone)
        except LookupError:
            self.findings.append(Finding.of("EF-P051", Place(self.file("procedure.yaml")), element="zone", zone=zone))


def _assemble(files: dict[str, bytes], folder: str, findings: tuple[Finding, ...], diagram: str) -> Procedure:
    reading = _Reading(files, folder, diagram, list(findings))
    model = reading.model()
    said = reading.yaml("procedure.yaml", PROCEDURE)
    demanded = reading.yaml("obligations.yaml", OBLIGATIONS)
    forms = reading.forms()
    reading.decisions()
    process = reading.process(model, said.pop("process", ""))
    reading.zone(said.get("zone", "UTC"))
    named = model.process(process)
    title = {"title": {"": named.name}} if named is not None and named.name and "title" not in said else {}
    return Procedure(
        id=said.pop("procedure", "") or _id(Path(diagram).stem or Path(folder).name or process),
        sha256=fingerprint(files.items()),
        files=tuple(sorted(files.items())),
        model=model,
        process_id=process,
        forms=forms,
        folder=folder,
        findings=tuple(reading.findings),
        **{**title, **said, **demanded},
    )


def _id(name: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:64]
    return words if re.match(r"[a-z]", words) else f"procedure_{words}".rstrip("_")


def _listed(model: Definitions) -> str:
    return ", ".join(p.id for p in model.processes)
