# SPDX-License-Identifier: Apache-2.0
"""The chapters of the demo, in their order."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import attrs

from egov_flow.agency import Agency, Case
from egov_flow.audit import describe
from egov_flow.checks import check
from egov_flow.cli._demo_cast import cast
from egov_flow.cli._demo_files import Told, goodbye, is_late
from egov_flow.cli._demo_folder import shipped, tamper
from egov_flow.cli._demo_office import Office, mail
from egov_flow.cli._demo_telling import Teller
from egov_flow.cli.progress import progress
from egov_flow.deadlines import why
from egov_flow.procedure import Procedure
from egov_flow.proof import Proof, prove
from egov_flow.redesign import Redesign
from egov_flow.replaying import Replay, replay, summary
from egov_flow.report import DeadlineFigures, figures
from egov_flow.testing import SequentialIds, VirtualClock
from egov_flow.values import SYSTEM, Deadline

__all__ = ["Story"]

BEGINS, ENDS = "2026-01-05T09:00+07:00", "2026-04-24T16:00+07:00"
WEEKEND = ("Saturday", "Sunday")


@attrs.define(kw_only=True)
class Story:
    """One telling of the demo.

    Attributes:
        folder: where files are written while it is told; `shown`: where they will be.
    """

    folder: Path
    shown: Path
    teller: Teller
    seed: int
    cases: int
    begun: float = attrs.Factory(time.perf_counter)
    account: dict[str, object] = attrs.Factory(dict)
    told: Told = attrs.Factory(Told)

    @property
    def zone(self) -> ZoneInfo:
        """Return the zone of the office."""
        return ZoneInfo(self.told.procedure.zone)

    def play(self) -> None:
        """Tell all chapters and write all files."""
        self._read()
        self._prove()
        clock, unreachable = VirtualClock(BEGINS), set[str]()
        handlers = {"notify.applicant": mail(unreachable)}
        url = f"sqlite:///{self.folder / 'cases.db'}"
        with Agency.open(url, clock=clock, ids=SequentialIds(self.seed), handlers=handlers) as agency:
            self._run(agency, clock, unreachable)
            self._why()
            self._trail(agency)
            self._forge()
            self._redesign()
            self._replay(agency)
        self.told.write(self.folder, self.teller.settings, clock.now())

    # ---- chapters

    def _read(self) -> None:
        source = shipped()
        self.told.procedure = procedure = Procedure.read(source)
        findings = Counter(finding.severity for finding in check(procedure))
        self.teller.chapter("EF-L911")
        self.teller.say("EF-L921", title=self._text(procedure.title), version=procedure.version, fingerprint=procedure.sha256[:12])
        self.teller.say("EF-L922", elements=sum(1 for _ in procedure.model.nodes()), forms=len(procedure.forms))
        self.teller.say("EF-L923", errors=findings["error"], warnings=findings["warning"], notes=findings["info"])
        unsure = [basis.id for basis in procedure.legal_basis if not basis.verified]
        self.teller.say("EF-L924", verified=len(procedure.legal_basis) - len(unsure), unsure=", ".join(unsure))
        self.account |= {"procedure": procedure.id, "version": procedure.version, "findings": dict(findings)}

    def _prove(self) -> None:
        self.told.proof = prove(self.told.procedure)
        self.teller.chapter("EF-L912")
        self._tell_proof(self.told.proof)
        self.account["sound"] = self.told.proof.sound

    def _tell_proof(self, proof: Proof) -> None:
        code = {True: "EF-L925", False: "EF-L926", None: "EF-L927"}[proof.sound]
        self.teller.say(code, states=proof.states)
        kept = sum(verdict.holds is True for verdict in proof.obligations)
        self.teller.say("EF-L928", kept=kept, count=len(proof.obligations))

    def _run(self, agency: Agency, clock: VirtualClock, unreachable: set[str]) -> None:
        self.teller.chapter("EF-L913", count=self.cases)
        agency.deploy(self.told.procedure, by=SYSTEM)
        self.teller.say("EF-L931", file=self.shown / "cases.db", begin=BEGINS[:10], end=ENDS[:10])
        random = Random(self.seed)  # noqa: S311 - a story, not a secret
        calendar = agency.wiring.calendar(self.told.procedure.calendar)
        office = Office(agency, clock, calendar, self.zone, random, unreachable)
        with progress(self.teller.settings, "EF-L930", self.cases) as started:
            office.play(cast(self.cases, random), datetime.fromisoformat(ENDS), started)
        self.told.found = [agency.case(request.case, by=SYSTEM) for request in office.requests.values()]
        self.told.histories = {case.id: agency.history(case.id, by=SYSTEM) for case in self.told.found}
        self.told.figures = figures(self.told.procedure, self.told.found, self.told.histories)
        self.told.overdue = office.overdue
        self.teller.say("EF-L932", events=self.told.figures.events, ran=office.ran)
        self.teller.say("EF-L933", refused=office.refused, repeated=office.repeated, retried=office.retried)
        self._tell_outcomes()
        self._tell_deadlines()

    def _tell_outcomes(self) -> None:
        rows = [(self._ended(outcome.ends, outcome.status), str(outcome.count)) for outcome in self.told.figures.outcomes]
        self.teller.table(("EF-L940", "EF-L941"), rows)
        self.account |= {"cases": self.told.figures.cases, "events": self.told.figures.events, "outcomes": dict(rows)}

    def _tell_deadlines(self) -> None:
        told = {}
        for d in self.told.figures.deadlines:
            told[d.name] = {"met": d.met, "late": d.late, "running": d.running, "withdrawn": d.withdrawn, "extended": d.extended}
        rows = [self._deadline(d) for d in self.told.figures.deadlines if d.is_ours]
        self.teller.table(("EF-L942", "EF-L944", "EF-L945", "EF-L946", "EF-L947", "EF-L948"), rows)
        self.teller.say("EF-L949")
        self.account["deadlines"] = told

    def _deadline(self, d: DeadlineFigures) -> tuple[str, ...]:
        rule = next(rule for rule in self.told.procedure.deadlines if rule.name == d.name)
        verified = all(basis.verified for name in rule.legal_basis if (basis := self.told.procedure.basis(name)))
        counts = (d.met, d.late, d.running, d.withdrawn, d.extended)
        return self._text(rule.title) + ("" if verified else "*"), *map(str, counts)

    def _why(self) -> None:
        found = self._with_a_holiday()
        if found is None:
            return
        case, deadline = found
        self.teller.chapter("EF-L914")
        self.teller.say("EF-L953", number=case.number)
        self.teller.lines(why(deadline, self.teller.settings.language, self.told.procedure.zone))

    def _with_a_holiday(self) -> tuple[Case, Deadline] | None:
        """Return the written notice's deadline that met most holidays, rather one that was not extended; None if none ever opened."""
        found = [
            ((_holidays(deadline) > 0, -deadline.extensions, _holidays(deadline)), case, deadline)
            for case in self.told.found
            for deadline in case.deadlines
            if deadline.name == "decision"
        ]
        return max(found, key=lambda item: item[0])[1:] if found else None

    def _trail(self, agency: Agency) -> None:
        case = self.told.late_case()
        events = [event for event in self.told.histories[case.id] if event.kind in {event.command, "incident"}]
        self.teller.chapter("EF-L915")
        self.teller.say("EF-L954" if is_late(case) else "EF-L974", number=case.number, count=len(self.told.histories[case.id]))
        self.teller.lines([describe(event, self.teller.settings.language, self.zone) for event in events])
        self.told.verification = agency.audit.verify()
        code = "EF-L955" if self.told.verification.intact else "EF-L956"
        self.teller.say(code, cases=self.told.verification.cases, events=self.told.verification.events)
        self.account["intact"] = self.told.verification.intact

    def _forge(self) -> None:
        case = self.told.late_case()
        decided = [e for e in self.told.histories[case.id] if e.kind == "complete"]
        event = next((e for e in decided if e.element == "Task_Decide"), self.told.histories[case.id][0])
        copy = self.folder / "tampered.db"
        tamper(self.folder / "cases.db", copy, event, "officer:99")
        self.teller.chapter("EF-L916")
        self.teller.say("EF-L957", seq=event.case_seq, number=case.number, element=event.element, actor=event.actor, forger="officer:99")
        with Agency.open(f"sqlite:///{copy}", clock=VirtualClock(ENDS)) as forged:
            seen = forged.audit.verify()
        self.teller.say("EF-L958" if not seen.intact else "EF-L959", count=len(seen.findings))
        self.teller.lines([line for finding in seen.findings for line in finding.text(self.teller.settings.language).splitlines()])
        self.account["tampering"] = [finding.as_json(self.teller.settings.language) for finding in seen.findings]

    def _redesign(self) -> None:
        file = shipped() / "redesigns" / "parallel_checks.yaml"
        self.told.made = Redesign.read(file).apply(self.told.procedure)
        self.teller.chapter("EF-L917", name=self.told.made.redesign.name)
        self.teller.text(self.told.made.redesign.why)
        self.teller.lines([""])
        self.teller.lines(_without_flows(self.told.made.diff.text(self.teller.settings.language).splitlines()))
        self.teller.lines([""])
        self._tell_proof(self.told.made.proof)
        self.account["redesign"] = {
            "name": self.told.made.redesign.name,
            "to": self.told.made.redesign.to,
            "sound": self.told.made.proof.sound,
        }

    def _replay(self, agency: Agency) -> None:
        recordings = [agency.recording(case.id, by=SYSTEM) for case in self.told.found]
        self.teller.chapter("EF-L918", count=len(recordings))
        for version in (self.told.procedure, self.told.made.procedure):
            replays = [replay(recording, version) for recording in recordings]
            self.told.replays[version.version] = replays
            told = ", ".join(f"{count} {self._outcome(outcome)}" for outcome, count in summary(replays).items())
            self.teller.say("EF-L960", version=version.version, told=told)
        self._tell_examples(self.told.replays[self.told.made.procedure.version])
        self.account["replays"] = {version: summary(replays) for version, replays in self.told.replays.items()}

    def _tell_examples(self, replays: Sequence[Replay]) -> None:
        """Tell one case for each outcome but the best."""
        numbers = {case.id: case.number for case in self.told.found}
        for found in {r.outcome: r for r in reversed(replays) if not r.is_faithful}.values():
            without = ", ".join(map(self._name, found.dropped or found.skipped)) or "–"
            why_not = f" ({self._say(found.reason)})" if found.reason else ""
            self.teller.say("EF-L961", number=numbers[found.case], outcome=self._outcome(found.outcome) + why_not, skipped=without)

    def end(self) -> dict[str, object]:
        """Tell what was written and how long it took, once the folder is in its place; return the figures of the whole."""
        names = goodbye(self.told, self.shown, self.teller)
        seconds = round(time.perf_counter() - self.begun, 1)
        self.teller.lines(["", self._say("EF-L964", seconds=seconds)])
        holds = self._holds()
        if not holds:
            self.teller.say("EF-L977")
        return {**self.account, "holds": holds, "seconds": seconds, "folder": str(self.shown), "files": names}

    def _holds(self) -> bool:
        """Return whether everything that the story promises came true."""
        told = self.told
        same = all(replay.outcome == "same state" for replay in told.replays[told.procedure.version])
        return told.proof.sound is True and told.verification.intact and bool(self.account["tampering"]) and same

    # ---- words

    def _say(self, code: str, **arguments: object) -> str:
        return self.teller.settings.say(code, **arguments)

    def _text(self, texts: object) -> str:
        known = dict(texts) if isinstance(texts, dict) else {}
        return str(known.get(self.teller.settings.language) or known.get("") or known.get("en") or self.told.procedure.id)

    def _name(self, element: str) -> str:
        node = self.told.procedure.node(element)
        return (node.name if node else "") or element

    def _ended(self, ends: Sequence[str], status: str) -> str:
        return " + ".join(self._name(end) for end in ends) if ends else self._say(_STATUSES[status])

    def _outcome(self, outcome: str) -> str:
        return self._say(_OUTCOMES[outcome])


_STATUSES = {"running": "EF-L981", "suspended": "EF-L982", "cancelled": "EF-L983", "failed": "EF-L984", "completed": "EF-L985"}
_OUTCOMES = {
    "same state": "EF-L991",
    "same path": "EF-L992",
    "shorter path": "EF-L997",
    "other path": "EF-L993",
    "cannot follow": "EF-L994",
    "divergence": "EF-L995",
    "semantics changed": "EF-L996",
}


def _holidays(deadline: Deadline) -> int:
    return sum("not counted" in day and not any(name in day for name in WEEKEND) for day in deadline.days)


def _without_flows(lines: Sequence[str]) -> list[str]:
    """Leave out the sequence flows: they only follow from the steps, and the report has them."""
    kept, is_flow = [], False
    for line in lines:
        is_detail = line.startswith("      ")
        is_flow = is_flow if is_detail else " sequence flow " in line
        kept += [] if is_flow else [line]
    return kept
