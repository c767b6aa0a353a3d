# SPDX-License-Identifier: Apache-2.0
"""The sections of a report, each from what it is given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from egov_flow.audit import Verification
from egov_flow.diagrams import diagram
from egov_flow.procedure import LegalBasis, Obligation, Procedure
from egov_flow.proof import Proof, Verdict
from egov_flow.redesign import Operation, Parallelise, Redesigned, Remove, SetDeadline
from egov_flow.replaying import Replay, summary
from egov_flow.report._markup import Markup, tag
from egov_flow.report._parts import Section, Words, bar, figure, number, paragraphs, section, table, tiles
from egov_flow.report.measuring import DeadlineFigures, Figures, Outcome

__all__ = ["audited", "counted", "deadlines", "facts", "glance", "outcomes", "proved", "redesigned", "replayed"]

STATUSES = {"running": "EF-M041", "suspended": "EF-M042", "cancelled": "EF-M043", "failed": "EF-M044", "completed": "EF-M045"}
UNITS = {"working days": "EF-M081", "calendar days": "EF-M082", "weeks": "EF-M083", "months": "EF-M084", "hours": "EF-M085"}
OUTCOMES = {
    "same state": "EF-M111",
    "same path": "EF-M112",
    "shorter path": "EF-M149",
    "other path": "EF-M113",
    "cannot follow": "EF-M114",
    "divergence": "EF-M115",
    "semantics changed": "EF-M116",
}


def glance(words: Words, found: Figures, verification: Verification | None) -> Markup:
    """Return the few figures that are seen first."""
    ours = [d for d in found.deadlines if d.is_ours]
    met, decided = sum(d.met for d in ours), sum(d.met + d.late for d in ours)
    pairs: list[tuple[str, str | Markup]] = [
        (words.say("EF-M011"), str(found.cases)),
        (words.say("EF-M012"), str(found.statuses.get("completed", 0))),
        (words.say("EF-M013"), words.share(met, decided)),
        (words.say("EF-M014"), words.days(found.median_days)),
    ]
    if verification is not None:
        pairs.append((words.say("EF-M015"), _intact(words, verification)))
    return tiles(pairs)


def _intact(words: Words, verification: Verification) -> Markup:
    return _mark(words.say("EF-M016"), "good") if verification.intact else _mark(words.say("EF-M017"), "bad")


def _mark(text: str, kind: str) -> Markup:
    return tag("span", text, class_=kind)


def facts(words: Words, procedure: Procedure) -> Section:
    """Return what the procedure is and what it rests on; what nobody compared with the official text says so."""
    lines = [
        ("EF-M021", words.of(procedure.purpose)),
        ("EF-M022", words.of(procedure.outcome)),
        ("EF-M023", procedure.owner),
        ("EF-M024", procedure.kind),
        ("EF-M025", words.of(procedure.fees)),
        ("EF-M026", procedure.calendar),
        ("EF-M027", procedure.review_date.isoformat() if procedure.review_date else ""),
        ("EF-M028", tag("code", procedure.sha256)),
    ]
    told = table(words.say("EF-M020"), (), [(words.say(code), text) for code, text in lines if text], "facts")
    heads = (words.say("EF-M031"), words.say("EF-M032"), words.say("EF-M033"))
    bases = [(tag("span", basis.title or basis.id), _verified(words, basis), basis.note) for basis in procedure.legal_basis]
    rests = table(words.say("EF-M030"), heads, bases) if bases else Markup()
    return section("procedure", words.say("EF-M004"), told, tag("h3", words.say("EF-M029")) if bases else Markup(), rests)


def _verified(words: Words, basis: LegalBasis) -> Markup:
    return _mark(words.say("EF-M034"), "good") if basis.verified else _mark(words.say("EF-M035"), "doubt")


def _cited(words: Words, procedure: Procedure, cited: Sequence[str]) -> Markup:
    parts: list[str] = []
    for name in cited:
        basis = procedure.basis(name)
        parts.append(tag("span", name, "" if basis is not None and basis.verified else f" ({words.say('EF-M035')})"))
    return Markup("<br>".join(parts))


def outcomes(words: Words, procedure: Procedure, found: Figures) -> Section:
    """Return how the cases ended."""
    heads = (words.say("EF-M051"), f">{words.say('EF-M052')}", f">{words.say('EF-M053')}", words.say("EF-M054"))
    rows = [
        (_ended(words, procedure, o), number(o.count), number(words.share(o.count, found.cases)), bar(o.count, found.cases))
        for o in found.outcomes
    ]
    return section("outcomes", words.say("EF-M005"), table(words.say("EF-M050", count=found.cases), heads, rows))


def _ended(words: Words, procedure: Procedure, outcome: Outcome) -> str:
    if outcome.status != "completed":
        return words.say(STATUSES[outcome.status])
    names = [node.name or node.id for end in outcome.ends if (node := procedure.node(end)) is not None]
    return " + ".join(names) or words.say(STATUSES["completed"])


def deadlines(words: Words, procedure: Procedure, found: Figures) -> Section:
    """Return how the statutory deadlines were kept."""
    heads = (words.say("EF-M061"), words.say("EF-M062"), words.say("EF-M063"),
             *(f">{words.say(code)}" for code in ("EF-M064", "EF-M065", "EF-M066", "EF-M067", "EF-M068", "EF-M069", "EF-M070")))  # fmt: skip
    rows = [_deadline(words, procedure, figures) for figures in found.deadlines]
    ran_out = paragraphs(words.say("EF-M071"))
    return section("deadlines", words.say("EF-M006"), table(words.say("EF-M060"), heads, rows, "broad"), ran_out)


def _deadline(words: Words, procedure: Procedure, counted: DeadlineFigures) -> list[str | Markup]:
    rule = next((r for r in procedure.deadlines if r.name == counted.name), None)
    title = words.of(rule.title, counted.name) if rule else counted.name
    owner = "" if counted.is_ours else words.say("EF-M072")
    term = f"{rule.amount} {words.say(UNITS[rule.unit])}" if rule else ""
    basis = _cited(words, procedure, rule.legal_basis) if rule else Markup()
    name = tag("span", title, *((tag("br"), tag("span", owner, class_="quiet")) if owner else ()))
    share = words.share(counted.met, counted.met + counted.late) if counted.is_ours else "–"
    counts = (counted.met, counted.late, share, counted.running, counted.withdrawn, counted.extended, words.days(counted.median_days))
    return [name, term, basis, *map(number, counts)]


def counted(words: Words, procedure: Procedure, found: Figures) -> Section:
    """Return the diagram with how often each way was taken and where cases wait."""
    picture = diagram(procedure, counts=found.counts, tokens=found.resting, language=words.language)
    return section("diagram", words.say("EF-M007"), figure(picture, words.say("EF-M090", count=found.cases)))


def proved(words: Words, procedure: Procedure, proof: Proof, name: str = "proof") -> Section:
    """Return what was proved of a version: soundness, and each obligation."""
    return section(name, words.say("EF-M008"), _proof(words, procedure, proof))


def _proof(words: Words, procedure: Procedure, proof: Proof) -> Markup:
    sound = {True: "EF-M101", False: "EF-M102", None: "EF-M103"}[proof.sound]
    kind = {True: "good", False: "bad", None: "doubt"}[proof.sound]
    told = tag("p", _mark(words.say(sound), kind), " ", words.say("EF-M104", states=proof.states))
    heads = (words.say("EF-M106"), words.say("EF-M107"), words.say("EF-M063"))
    demanded = {obligation.id: obligation for obligation in procedure.obligations}
    rows = [_verdict(words, procedure, demanded[v.obligation], v) for v in proof.obligations if v.obligation in demanded]
    return Markup(told + (table(words.say("EF-M105", version=procedure.version), heads, rows) if rows else ""))


def _verdict(words: Words, procedure: Procedure, obligation: Obligation, verdict: Verdict) -> list[str | Markup]:
    code, kind = {True: ("EF-M108", "good"), False: ("EF-M109", "bad"), None: ("EF-M110", "doubt")}[verdict.holds]
    why = tag("span", obligation.why or obligation.id)
    return [why, _mark(words.say(code), kind), _cited(words, procedure, obligation.legal_basis)]


def audited(words: Words, verification: Verification) -> Section:
    """Return whether the audit trail is whole."""
    said = words.say("EF-M091", cases=verification.cases, events=verification.events)
    found = [tag("li", f"{finding.code}: {finding.message(words.language)}") for finding in verification.findings]
    listed = tag("ul", *found) if found else Markup()
    return section(
        "audit", words.say("EF-M009"), tag("p", _intact(words, verification), ". ", said), listed, paragraphs(words.say("EF-M092"))
    )


def redesigned(words: Words, made: Redesigned) -> Section:
    """Return a redesign: why, what is different, what was proved of it."""
    change = made.redesign
    heads = (words.say("EF-M120"), words.say("EF-M122"), words.say("EF-M063"))
    changes = [
        (_change(words, made.diff.old, c.operation), c.because, _cited(words, made.procedure, c.legal_basis)) for c in change.changes
    ]
    differences = tag("div", tag("pre", made.diff.text(words.language)), class_="wide", role="region", tabindex=0,
                      aria_label=words.say("EF-M123"))  # fmt: skip
    return section(
        "redesign",
        words.say("EF-M010", name=change.name, old=change.of.version, new=change.to),
        paragraphs(change.why),
        table(words.say("EF-M121"), heads, changes),
        figure(diagram(made, language=words.language), words.say("EF-M124")),
        tag("h3", words.say("EF-M123")),
        differences,
        tag("h3", words.say("EF-M125")),
        _proof(words, made.procedure, made.proof),
    )


def _change(words: Words, old: Procedure, operation: Operation) -> str:
    """Say what an operation does, in the words of the diagram."""
    match operation:
        case Remove(steps=steps):
            return words.say("EF-M117", steps=_names(old, steps))
        case Parallelise(steps=steps):
            return words.say("EF-M118", steps=_names(old, steps))
        case SetDeadline(name=name, amount=amount, unit=unit, on_expiry=silence):
            rule = next((r for r in old.deadlines if r.name == name), None)
            title = str(words.of(rule.title, name)) if rule else name
            given = [f"{amount} {words.say(UNITS[unit or (rule.unit if rule else '')])}"] if amount is not None else []
            return words.say("EF-M119", deadline=title, term=", ".join([*given, *([silence] if silence else [])]))


def _names(procedure: Procedure, elements: Sequence[str]) -> str:
    return ", ".join((node.name if (node := procedure.node(e)) is not None else "") or e for e in elements)


def replayed(words: Words, procedure: Procedure, replays: Mapping[str, Sequence[Replay]]) -> Section:
    """Return how the recorded cases fare on each version that they were replayed on."""
    heads = (words.say("EF-M132"), f">{words.say('EF-M052')}", words.say("EF-M054"))
    parts: list[str] = []
    for version, found in replays.items():
        rows = [(words.say(OUTCOMES[outcome]), number(count), bar(count, len(found))) for outcome, count in summary(list(found)).items()]
        parts.append(table(words.say("EF-M131", version=version, count=len(found)), heads, rows))
        parts.append(_ways(words, procedure, found))
    return section("replay", words.say("EF-M130"), paragraphs(words.say("EF-M133")), *parts)


def _ways(words: Words, procedure: Procedure, found: Sequence[Replay]) -> Markup:
    """Say in which ways cases go differently, the most frequent first."""
    ways: Counter[str] = Counter()
    for replay in found:
        if replay.outcome in {"shorter path", "other path"}:
            said = [words.say("EF-M134", names=_names(procedure, replay.skipped))] if replay.skipped else []
            said += [words.say("EF-M135", names=_names(procedure, replay.added))] if replay.added else []
            ways["; ".join(said) or words.say("EF-M136")] += 1
        elif replay.reason:
            ways[words.say(replay.reason)] += 1
    lines = [tag("li", words.say("EF-M137", count=count, way=way)) for way, count in ways.most_common(8)]
    return tag("ul", *lines) if lines else Markup()
