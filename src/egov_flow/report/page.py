# SPDX-License-Identifier: Apache-2.0
"""`report`: one HTML file that tells a procedure, its cases and its redesign. No network, no script, no personal data."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from egov_flow.audit import Verification
from egov_flow.procedure import Procedure
from egov_flow.proof import Proof
from egov_flow.redesign import Redesigned
from egov_flow.replaying import Replay
from egov_flow.report import _sections as sections
from egov_flow.report._markup import Markup, tag
from egov_flow.report._parts import Section, Words
from egov_flow.report._style import CSS
from egov_flow.report.measuring import Figures

__all__ = ["report"]


def report(
    procedure: Procedure,
    found: Figures,
    *,
    made: datetime,
    proof: Proof | None = None,
    verification: Verification | None = None,
    redesigned: Redesigned | None = None,
    replays: Mapping[str, Sequence[Replay]] | None = None,
    note: str = "",
    language: str = "en",
) -> str:
    """Return a report as one HTML page that stands alone: its style and its pictures are inside, it loads nothing and runs nothing.

    It holds figures about all cases together. What a section needs and is not given, that section is left out.

    Args:
        procedure: the version that the cases ran on.
        found: from `figures`.
        made: when the report is made.
        proof: of the procedure.
        verification: of the audit trail.
        redesigned: a redesign of the procedure.
        replays: of the recorded cases, by the version they were replayed on, in this order.
        note: a sentence above everything, e.g. that the cases are invented.
        language: `en` or `id`.
    """
    words = Words(language)
    parts = [sections.facts(words, procedure)]
    parts += [sections.proved(words, procedure, proof)] if proof is not None else []
    parts += [sections.outcomes(words, procedure, found), sections.deadlines(words, procedure, found)]
    parts += [sections.counted(words, procedure, found)]
    parts += [sections.audited(words, verification)] if verification is not None else []
    parts += [sections.redesigned(words, redesigned)] if redesigned is not None else []
    if replays:
        parts.append(sections.replayed(words, redesigned.diff.old if redesigned else procedure, replays))
    title = words.of(procedure.title, procedure.id)
    top = (_opening(words, procedure, title, made, note), sections.glance(words, found, verification), _contents(words, parts))
    main = tag("main", *top, *[part.html() for part in parts], id="main")
    body = tag("body", tag("a", words.say("EF-M018"), href="#main", class_="skip"), main, tag("footer", tag("p", words.say("EF-M019"))))
    page = tag("html", _head(procedure, words), body, lang=language)
    return f"<!DOCTYPE html>\n{page}\n"


def _head(procedure: Procedure, words: Words) -> Markup:
    digest = base64.b64encode(hashlib.sha256(CSS.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", words.say("EF-M001", procedure=procedure.id, version=procedure.version)),
        tag("style", Markup(CSS)),
    )


def _opening(words: Words, procedure: Procedure, title: str, made: datetime, note: str) -> Markup:
    about = words.say("EF-M001", procedure=procedure.id, version=procedure.version)
    when = tag("p", words.say("EF-M036", moment=f"{made:%Y-%m-%d %H:%M %z}"), class_="quiet")
    return tag("header", tag("p", about, class_="quiet"), tag("h1", title), when, tag("p", tag("strong", note)) if note else Markup())


def _contents(words: Words, parts: Sequence[Section]) -> Markup:
    links = [tag("li", tag("a", part.title, href=f"#{part.name}")) for part in parts]
    return tag("nav", tag("ul", *links), aria_label=words.say("EF-M037"))
