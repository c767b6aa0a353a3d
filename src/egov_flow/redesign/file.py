# SPDX-License-Identifier: Apache-2.0
"""The redesign file: read whole or refused whole."""

from __future__ import annotations

from pathlib import Path

import attrs

from egov_flow.errors import Finding, NotFound, Place, RedesignError
from egov_flow.procedure import Procedure, read_entries, read_source
from egov_flow.procedure.shapes import INVALID, read_shape
from egov_flow.redesign.applying import Redesigned, apply
from egov_flow.redesign.model import Base, Change, Target
from egov_flow.redesign.vocabulary import OPERATIONS, REDESIGN, RawChange

__all__ = ["Redesign"]


@attrs.frozen(kw_only=True)
class Redesign:
    """A change of a procedure, as an analyst wrote it down.

        change = Redesign.read("redesigns/parallel_checks.yaml")
        result = change.apply(Procedure.read("processes/indonesia/foi_request"))

    Attributes:
        name: the key `redesign` of the file.
        of: the version it starts from.
        to: the version it makes.
        why: the reason.
        legal_basis: ids of provisions of the procedure.
        changes: made one after the other, each on the result of the one before.
        file: as messages name it.
    """

    name: str
    of: Base
    to: str
    why: str
    legal_basis: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()
    changes: tuple[Change, ...] = ()
    file: str = ""

    @classmethod
    def read(cls, path: str | Path) -> Redesign:
        """Read a redesign file.

        Raises:
            NotFound: there is no such file, or it cannot be read.
            RedesignError: what is wrong in it, all at once, each with line and column.
        """
        try:
            source = read_source(Path(path))
        except (OSError, ValueError) as cause:
            raise NotFound("EF-R001", path=str(path)[:200]) from cause
        return cls.parse(source, str(path))

    @classmethod
    def parse(cls, source: bytes, file: str = "redesign.yaml") -> Redesign:
        """Read a redesign from the bytes of its file; `file` is for messages.

        Raises:
            RedesignError: what is wrong in it.
        """
        entry, read = read_entries(source, file)
        findings = list(read)
        said = INVALID if entry is None else read_shape(entry, REDESIGN, findings)
        if entry is None and not findings:
            findings.append(Finding.of("EF-R002", Place(file)))
        if findings or not isinstance(said, dict):
            raise RedesignError(findings)
        changes = tuple(_change(raw, findings) for raw in said.pop("changes"))
        if not changes:
            findings.append(Finding.of("EF-R004", Place(file), element="changes"))
        if findings:
            raise RedesignError(findings)
        return cls(name=said.pop("redesign"), changes=tuple(c for c in changes if c is not None), file=file, **said)

    def apply(self, procedure: Procedure) -> Redesigned:
        """Make the changes on a procedure and prove the result. Nothing is written anywhere.

        Raises:
            RedesignError: the base is another one, a condition of a change does not hold, or the result would be worse than the base.
        """
        return apply(self, procedure)


def _change(raw: RawChange, findings: list[Finding]) -> Change | None:
    named = [operation for operation in (raw.remove, raw.parallelise, raw.deadline) if operation is not None]
    if len(named) != 1:
        findings.append(Finding.of("EF-R003", raw.place, element="changes", count=len(named), operations=", ".join(OPERATIONS)))
        return None
    return Change(operation=named[0], because=raw.because, legal_basis=raw.legal_basis, place=raw.place)
