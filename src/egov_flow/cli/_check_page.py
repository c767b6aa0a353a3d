# SPDX-License-Identifier: Apache-2.0
"""The findings of procedures as one HTML page: the diagram marked, and beneath it what is wrong, the worst first. No script, nothing from outside."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from egov_flow.cli.output import clean, summary
from egov_flow.cli.settings import Settings
from egov_flow.errors import EgovFlowError, Finding
from egov_flow.procedure import Procedure

__all__ = ["page"]

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: #1b1f24; background: #fff; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; }
figure { margin: 1rem 0; overflow-x: auto; border: 1px solid #d5d9df; }
li { margin: .6rem 0; } .place { color: #57606a; font-size: .9rem; } .hint { display: block; }
.word { font-weight: 600; } .error { color: #b3261e; } .warning { color: #8a4b00; } .info { color: #1d5fbf; }
"""
WORDS = {"error": "EF-C920", "warning": "EF-C921", "info": "EF-C922"}
ORDER = ("error", "warning", "info")


def page(settings: Settings, checked: Iterable[tuple[str, Procedure | None, list[Finding]]]) -> str:
    """Return the page.

    Args:
        checked: path, procedure (None when it could not be opened) and findings of each.
    """
    sections = [_section(settings, path, procedure, findings) for path, procedure, findings in checked]
    title = escape(settings.say("EF-C923"))
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title><style>{STYLE}</style>'
    body = f"<main><h1>{title}</h1>{''.join(sections)}</main>"
    return f'<!doctype html>\n<html lang="{settings.language}"><head>{head}</head><body>{body}</body></html>\n'


def _section(settings: Settings, path: str, procedure: Procedure | None, findings: list[Finding]) -> str:
    wrong = sorted((f for f in findings if f.severity != "info"), key=lambda finding: ORDER.index(finding.severity))
    remarks = [finding for finding in findings if finding.severity == "info"]
    figure = _figure(settings, procedure, wrong) if procedure is not None else ""
    listed = _list(settings, wrong) if wrong else f"<p>{escape(settings.say('EF-C924'))}</p>"
    folded = f"<details><summary>{escape(settings.say('EF-C927', count=len(remarks)))}</summary>{_list(settings, remarks)}</details>"
    head = f"<h2>{escape(clean(path))}</h2><p>{escape(summary(settings, findings))}</p>"
    return f"<section>{head}{figure}{listed}{folded if remarks else ''}</section>"


def _list(settings: Settings, findings: list[Finding]) -> str:
    return f"<ol>{''.join(_item(settings, finding) for finding in findings)}</ol>"


def _figure(settings: Settings, procedure: Procedure, findings: list[Finding]) -> str:
    from egov_flow.diagrams import diagram  # drawing is asked for by this form of output alone

    states: dict[str, str] = {}
    for finding in findings:  # the worst first
        if finding.element:
            states.setdefault(finding.element, finding.severity)
    try:
        picture = diagram(procedure, states=states, language=settings.language)
    except EgovFlowError as cause:
        return f"<p>{escape(clean(cause.text(settings.language)))}</p>"
    return f"<figure>{picture.svg.partition('?>')[2] if picture.svg.startswith('<?xml') else picture.svg}</figure>"


def _item(settings: Settings, finding: Finding) -> str:
    word = settings.say(WORDS[finding.severity])
    named = f"{finding.type} {finding.name or finding.element}".strip() if finding.element else ""
    parts = [f'<span class="word {finding.severity}">{escape(word)} {finding.code}</span>']
    parts += [f"<b>{escape(clean(named))}</b>:"] if named else []
    parts += [escape(clean(finding.message(settings.language)))]
    hint = finding.hint(settings.language)
    parts += [f'<span class="hint">{escape(clean(hint))}</span>'] if hint else []
    parts += [f'<span class="place">{escape(clean(str(finding.place)))} {escape(finding.source)}</span>']
    return f"<li>{' '.join(parts)}</li>"
