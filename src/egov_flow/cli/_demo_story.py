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
from egov_flow.audit import Verification, describe
from egov_flow.checks import check
from egov_flow.cli._demo_cast import cast
from egov_flow.cli._demo_folder import shipped, tamper
from egov_flow.cli._demo_office import Office, mail
from egov_flow.cli._demo_telling import Teller
from egov_flow.deadlines import why
from egov_flow.diagrams import diagram
from egov_flow.procedure import Procedure
from egov_flow.proof import Proof, prove
from egov_flow.redesign import Redesign, Redesigned
from egov_flow.replaying import Replay, replay, summary
from egov_flow.report import Figures, figures, report
from egov_flow.testing import SequentialIds, VirtualClock
from egov_flow.values import SYSTEM, Deadline, Event

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
    procedure: Procedure = attrs.field(init=False)
    proof: Proof = attrs.field(init=False)
    found: list[Case] = attrs.Factory(list)
    histories: dict[str, Sequence[Event]] = attrs.Factory(dict)
    figures: Figures = attrs.field(init=False)
    verification: Verification = attrs.field(init=False)
    made: Redesigned = attrs.field(init=False)
    replays: dict[str, list[Replay]] = attrs.Factory(dict)

    @property
    def zone(self) -> ZoneInfo:
        """Return the zone of the office."""
        return ZoneInfo(self.procedure.zone)

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
            self._write(clock.now())

    # ---- chapters

    def _read(self) -> None:
        source = shipped()
        self.procedure = procedure = Procedure.read(source)
        findings = Counter(finding.severity for finding in check(procedure))
        self.teller.chapter("EF-L911")
        self.teller.say("EF-L921", title=self._text(procedure.title), version=procedure.version, fingerprint=procedure.sha256[:12])
        self.teller.say("EF-L922", elements=sum(1 for _ in procedure.model.nodes()), forms=len(procedure.forms))
        self.teller.say("EF-L923", errors=findings["error"], warnings=findings["warning"], notes=findings["info"])
        unsure = [basis.id for basis in procedure.legal_basis if not basis.verified]
        self.teller.say("EF-L924", verified=len(procedure.legal_basis) - len(unsure), unsure=", ".join(unsure))
        self.account |= {"procedure": procedure.id, "version": procedure.version, "findings": dict(findings)}

    def _prove(self) -> None:
        self.proof = prove(self.procedure)
        self.teller.chapter("EF-L912")
        self._tell_proof(self.proof)
        self.account["sound"] = self.proof.sound

    def _tell_proof(self, proof: Proof) -> None:
        code = {True: "EF-L925", False: "EF-L926", None: "EF-L927"}[proof.sound]
        self.teller.say(code, states=proof.states)
        kept = sum(verdict.holds is True for verdict in proof.obligations)
        self.teller.say("EF-L928", kept=kept, count=len(proof.obligations))

    def _run(self, agency: Agency, clock: VirtualClock, unreachable: set[str]) -> None:
        self.teller.chapter("EF-L913", count=self.cases)
        agency.deploy(self.procedure, by=SYSTEM)
        self.teller.say("EF-L931", file=self.shown / "cases.db", begin=BEGINS[:10], end=ENDS[:10])
        random = Random(self.seed)  # noqa: S311 - a story, not a secret
        calendar = agency.wiring.calendar(self.procedure.calendar)
        office = Office(agency, clock, calendar, self.zone, random, unreachable)
        with self.teller.progress("EF-L930", self.cases) as started:
            office.play(cast(self.cases, random), datetime.fromisoformat(ENDS), started)
        self.found = [agency.case(request.case, by=SYSTEM) for request in office.requests.values()]
        self.histories = {case.id: agency.history(case.id, by=SYSTEM) for case in self.found}
        self.figures = figures(self.procedure, self.found, self.histories)
        self.teller.say("EF-L932", events=self.figures.events, ran=office.ran)
        self.teller.say("EF-L933", refused=office.refused, repeated=office.repeated, retried=office.retried)
        self._tell_outcomes()
        self._tell_deadlines()

    def _tell_outcomes(self) -> None:
        rows = [(self._ended(outcome.ends, outcome.status), str(outcome.count)) for outcome in self.figures.outcomes]
        self.teller.lines([""])
        self.teller.table(("EF-L940", "EF-L941"), rows)
        self.account |= {"cases": self.figures.cases, "events": self.figures.events, "outcomes": dict(rows)}

    def _tell_deadlines(self) -> None:
        rules = {rule.name: rule for rule in self.procedure.deadlines}
        rows, told = [], {}
        for d in self.figures.deadlines:
            rule = rules[d.name]
            verified = all(basis.verified for name in rule.legal_basis if (basis := self.procedure.basis(name)))
            sure = self._say("EF-L950") if verified else self._say("EF-L951")
            late = str(d.late) if d.is_ours else self._say("EF-L952", count=d.late)
            rows.append((self._text(rule.title), f"{rule.amount} {rule.unit}", *map(str, (d.met,)), late, str(d.running), str(d.withdrawn),
                         str(d.extended), sure))  # fmt: skip
            told[d.name] = {"met": d.met, "late": d.late, "running": d.running, "withdrawn": d.withdrawn, "extended": d.extended}
        self.teller.lines([""])
        self.teller.table(("EF-L942", "EF-L943", "EF-L944", "EF-L945", "EF-L946", "EF-L947", "EF-L948", "EF-L949"), rows)
        self.account["deadlines"] = told

    def _why(self) -> None:
        case, deadline = self._with_a_holiday()
        self.teller.chapter("EF-L914")
        self.teller.say("EF-L953", number=case.number)
        self.teller.lines(why(deadline, self.teller.settings.language, self.procedure.zone))

    def _with_a_holiday(self) -> tuple[Case, Deadline]:
        """Return the written notice's deadline that met most holidays, rather one that was not extended."""
        found = [
            ((_holidays(deadline) > 0, -deadline.extensions, _holidays(deadline)), case, deadline)
            for case in self.found
            for deadline in case.deadlines
            if deadline.name == "decision"
        ]
        _, case, deadline = max(found, key=lambda item: item[0])
        return case, deadline

    def _trail(self, agency: Agency) -> None:
        case = self._late_case()
        events = [event for event in self.histories[case.id] if event.kind in {event.command, "incident"}]
        self.teller.chapter("EF-L915")
        self.teller.say("EF-L954", number=case.number, count=len(self.histories[case.id]))
        self.teller.lines([describe(event, self.teller.settings.language, self.zone) for event in events])
        self.verification = agency.audit.verify()
        code = "EF-L955" if self.verification.intact else "EF-L956"
        self.teller.say(code, cases=self.verification.cases, events=self.verification.events)
        self.account["intact"] = self.verification.intact

    def _late_case(self) -> Case:
        """Return the case with the longest trail among those that were answered too late, or among all."""
        late = [c for c in self.found if any(d.name == "decision" and d.status == "expired" for d in c.deadlines)]
        return max(late or self.found, key=lambda case: len(self.histories[case.id]))

    def _forge(self) -> None:
        case = self._late_case()
        decided = [e for e in self.histories[case.id] if e.kind == "complete"]
        event = next((e for e in decided if e.element == "Task_Decide"), self.histories[case.id][0])
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
        self.made = Redesign.read(file).apply(self.procedure)
        self.teller.chapter("EF-L917", name=self.made.redesign.name)
        self.teller.lines([self.made.redesign.why, ""])
        self.teller.lines(_without_flows(self.made.diff.text(self.teller.settings.language).splitlines()))
        self.teller.lines([""])
        self._tell_proof(self.made.proof)
        self.account["redesign"] = {"name": self.made.redesign.name, "to": self.made.redesign.to, "sound": self.made.proof.sound}

    def _replay(self, agency: Agency) -> None:
        recordings = [agency.recording(case.id, by=SYSTEM) for case in self.found]
        self.teller.chapter("EF-L918", count=len(recordings))
        for version in (self.procedure, self.made.procedure):
            replays = [replay(recording, version) for recording in recordings]
            self.replays[version.version] = replays
            told = ", ".join(f"{count} {self._outcome(outcome)}" for outcome, count in summary(replays).items())
            self.teller.say("EF-L960", version=version.version, told=told)
        self._tell_examples(self.replays[self.made.procedure.version])
        self.account["replays"] = {version: summary(replays) for version, replays in self.replays.items()}

    def _tell_examples(self, replays: Sequence[Replay]) -> None:
        """Tell one case for each outcome but the best."""
        numbers = {case.id: case.number for case in self.found}
        for found in {r.outcome: r for r in reversed(replays) if not r.is_faithful}.values():
            without = ", ".join(map(self._name, found.dropped or found.skipped)) or "–"
            why_not = f" ({self._say(found.reason)})" if found.reason else ""
            self.teller.say("EF-L961", number=numbers[found.case], outcome=self._outcome(found.outcome) + why_not, skipped=without)

    # ---- files

    def _write(self, now: datetime) -> None:
        language = self.teller.settings.language
        case = max(self.found, key=lambda c: (c.status == "running", len(c.waiting), c.id))
        waiting = set(case.waiting)
        done = {e.element: "completed" for e in self.histories[case.id] if e.kind in {"completed", "left"} and e.element not in waiting}
        pictures = {
            "process.svg": diagram(self.procedure, title=self._text(self.procedure.title), language=language),
            "counts.svg": diagram(self.procedure, counts=self.figures.counts, tokens=self.figures.resting,
                                  title=self._say("EF-L962", count=self.cases), language=language),
            "case.svg": diagram(case, states=done, language=language),
            "redesign.svg": diagram(self.made, language=language),
        }  # fmt: skip
        for name, picture in pictures.items():
            picture.save(self.folder / name)
        page = report(
            self.procedure, self.figures, made=now, proof=self.proof, verification=self.verification, redesigned=self.made, replays=self.replays,
            note=self._say("EF-L963"), language=language,
        )  # fmt: skip
        (self.folder / "report.html").write_text(page, "utf-8")
        self._write_version()

    def _write_version(self) -> None:
        """Write the new version as a folder that can be deployed."""
        for path, content in self.made.procedure.files:
            file = self.folder / "version_2" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)

    def end(self) -> dict[str, object]:
        """Tell what was written and how long it took, once the folder is in its place; return the figures of the whole."""
        files = sorted(path.name for path in self.shown.iterdir() if path.is_file() and not path.name.startswith("."))
        self.teller.chapter("EF-L919", folder=self.shown)
        for name in files:
            self.teller.lines([f"{self.shown / name}  ({self._say(_ABOUT[name])})" if name in _ABOUT else str(self.shown / name)])
        self.teller.chapter("EF-L920")
        late = self._late_case().id
        for command in (
            f"egov-flow show {late} --db sqlite:///{self.shown / 'cases.db'} --as system",
            f"egov-flow audit verify --db sqlite:///{self.shown / 'tampered.db'}",
            f"egov-flow step {_relative(shipped())}",
            f"egov-flow check {self.shown / 'version_2'}",
        ):
            self.teller.lines([command])
        seconds = round(time.perf_counter() - self.begun, 1)
        self.teller.lines(["", self._say("EF-L964", seconds=seconds)])
        return {**self.account, "seconds": seconds, "folder": str(self.shown), "files": files}

    # ---- words

    def _say(self, code: str, **arguments: object) -> str:
        return self.teller.settings.say(code, **arguments)

    def _text(self, texts: object) -> str:
        known = dict(texts) if isinstance(texts, dict) else {}
        return str(known.get(self.teller.settings.language) or known.get("") or known.get("en") or self.procedure.id)

    def _name(self, element: str) -> str:
        node = self.procedure.node(element)
        return (node.name if node else "") or element

    def _ended(self, ends: Sequence[str], status: str) -> str:
        return " + ".join(self._name(end) for end in ends) if ends else self._say(_STATUSES[status])

    def _outcome(self, outcome: str) -> str:
        return self._say(_OUTCOMES[outcome])


_ABOUT = {
    "report.html": "EF-L965",
    "process.svg": "EF-L966",
    "counts.svg": "EF-L967",
    "case.svg": "EF-L968",
    "redesign.svg": "EF-L969",
    "cases.db": "EF-L970",
    "tampered.db": "EF-L971",
}
_STATUSES = {"running": "EF-L981", "suspended": "EF-L982", "cancelled": "EF-L983", "failed": "EF-L984", "completed": "EF-L985"}
_OUTCOMES = {"same state": "EF-L991", "same path": "EF-L992", "other path": "EF-L993", "cannot follow": "EF-L994", "divergence": "EF-L995",
             "semantics changed": "EF-L996"}  # fmt: skip


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


def _relative(folder: Path) -> Path:
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder
