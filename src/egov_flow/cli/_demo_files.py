# SPDX-License-Identifier: Apache-2.0
"""What the demo leaves: pictures, a report, the new version as a folder, and words on what to look at next."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from shutil import which

import attrs

from egov_flow.agency import Case
from egov_flow.audit import Verification
from egov_flow.cli._demo_folder import shipped
from egov_flow.cli._demo_telling import Teller
from egov_flow.cli.settings import Settings
from egov_flow.diagrams import Picture, diagram
from egov_flow.procedure import Procedure
from egov_flow.proof import Proof
from egov_flow.redesign import Redesigned
from egov_flow.replaying import Replay
from egov_flow.report import Figures, report
from egov_flow.values import Event

__all__ = ["Told", "goodbye", "is_late"]

ABOUT = {
    "report.html": "EF-L965",
    "process.svg": "EF-L966",
    "counts.svg": "EF-L967",
    "case.svg": "EF-L968",
    "redesign.svg": "EF-L969",
    "cases.db": "EF-L970",
    "tampered.db": "EF-L971",
    "version_2": "EF-L972",
    "cases.db.key": "EF-L976",
    "tampered.db.key": "EF-L976",
}


@attrs.define
class Told:
    """What has been told so far; each chapter adds its part, and all of it is written in the end."""

    procedure: Procedure = attrs.field(init=False)
    proof: Proof = attrs.field(init=False)
    found: list[Case] = attrs.Factory(list)
    histories: dict[str, Sequence[Event]] = attrs.Factory(dict)
    overdue: tuple[Case, list[Event], datetime] | None = None
    figures: Figures = attrs.field(init=False)
    verification: Verification = attrs.field(init=False)
    made: Redesigned = attrs.field(init=False)
    replays: dict[str, list[Replay]] = attrs.Factory(dict)

    def late_case(self) -> Case:
        """Return the case with the longest trail among those that were answered too late, or among all."""
        return max(list(filter(is_late, self.found)) or self.found, key=lambda case: len(self.histories[case.id]))

    def write(self, folder: Path, settings: Settings, now: datetime) -> None:
        """Write pictures, report and the new version."""
        for name, picture in self._pictures(settings):
            picture.save(folder / name)
        page = report(
            self.procedure,
            self.figures,
            made=now,
            proof=self.proof,
            verification=self.verification,
            redesigned=self.made,
            replays=self.replays,
            note=settings.say("EF-L963"),
            language=settings.language,
        )
        (folder / "report.html").write_text(page, "utf-8")
        for path, content in self.made.procedure.files:
            file = folder / "version_2" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)

    def _pictures(self, settings: Settings) -> Iterator[tuple[str, Picture]]:
        language, procedure = settings.language, self.procedure
        title = procedure.title.get(language, procedure.id)
        yield "process.svg", diagram(procedure, title=title, language=language)
        counted = settings.say("EF-L962", count=len(self.found))
        yield "counts.svg", diagram(procedure, counts=self.figures.counts, tokens=self.figures.resting, title=counted, language=language)
        yield "case.svg", self._case(settings)
        yield "redesign.svg", diagram(self.made, language=language)

    def _case(self, settings: Settings) -> Picture:
        """Draw the first overdue case at that moment, or else the last one as it stands."""
        last = self.found[-1]
        case, history, when = self.overdue or (last, self.histories[last.id], last.updated)
        waiting = set(case.waiting)
        states = {e.element: "completed" for e in history if e.kind in {"completed", "left"} and e.element not in waiting}
        states |= {e.element: "overdue" for e in history if e.kind == "expired" and self.procedure.node(e.element)}
        title = settings.say("EF-L973" if self.overdue else "EF-L975", number=case.number, day=when.date())
        return diagram(case, states=states, title=title, language=settings.language)


def is_late(case: Case) -> bool:
    """Return whether the written notice came too late, or is late."""
    return any(d.name == "decision" and d.status == "expired" for d in case.deadlines)


def goodbye(told: Told, shown: Path, teller: Teller) -> list[str]:
    """Tell what was written and what to look at next; return the names of the files."""
    names = sorted(path.name for path in shown.iterdir() if not path.name.startswith("."))
    teller.chapter("EF-L919", folder=shown)
    width = max(len(str(shown / name)) for name in names)
    teller.lines([f"{shown / name!s:{width}}  {teller.settings.say(ABOUT[name])}" for name in names])
    teller.chapter("EF-L920")
    there, command = _from_here(shipped()), _command()
    teller.lines(
        [
            f"{command} show {told.late_case().id} --db sqlite:///{shown / 'cases.db'} --as system",
            f"{command} audit verify --db sqlite:///{shown / 'tampered.db'}",
            f"{command} step {there} --svg {shown / 'tokens.svg'}",
            f"{command} check {shown / 'version_2'}",
        ]
    )
    return names


def _command() -> str:
    """Return how the command is called in this shell: by its name, or by its path where the environment of `make demo` is not activated."""
    beside = Path(sys.executable).with_name("egov-flow")
    return "egov-flow" if which("egov-flow") or not beside.exists() else str(_from_here(beside))


def _from_here(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
