# SPDX-License-Identifier: Apache-2.0
"""`egov-flow`: which command is in which module, and what becomes of an error.

Exit codes: 0 fine; 1 findings, or a command that was refused; 2 usage, or a file that is not there; 3 an unexpected error.
"""

from __future__ import annotations

import errno
import io
import sys
import traceback
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import attrs
import click

from egov_flow.cli.output import clean, show_document
from egov_flow.cli.settings import Settings
from egov_flow.errors import EgovFlowError, ProcedureError
from egov_flow.texts import render

__all__ = ["COMMANDS", "FAMILIES", "Program", "main"]

USAGE = frozenset({"EF-P001", "EF-R001", "EF-L003", "EF-L033", "EF-L052"})
"""Codes that say that a file or database is not there, or that nothing was asked for."""


@attrs.frozen
class Entry:
    """A command: its family in the list of commands, its module, and the first line of its help."""

    family: str
    module: str
    about: str


FAMILIES = ("Draw and check", "Try out", "Run cases", "Do tasks", "Put cases right", "Redesign and replay", "Look around", "Look after")
COMMANDS: Mapping[str, Entry] = {
    "check": Entry(FAMILIES[0], "check", "Say everything that is wrong with procedures."),
    "prove": Entry(FAMILIES[0], "prove", "Prove that every case ends well and keeps the law."),
    "watch": Entry(FAMILIES[0], "watch", "Check a procedure each time it is saved, and draw it."),
    "run": Entry(FAMILIES[1], "run", "Run one case and show each step."),
    "step": Entry(FAMILIES[1], "step", "Move one token at a time, with a picture."),
    "feel": Entry(FAMILIES[1], "feel", "Evaluate a FEEL expression."),
    "demo": Entry(FAMILIES[1], "demo", "Play the whole story with 100 cases."),
    "deploy": Entry(FAMILIES[2], "deploy", "Deploy a version of a procedure."),
    "start": Entry(FAMILIES[2], "acting", "Start a case."),
    "cases": Entry(FAMILIES[2], "listing", "List cases, newest first."),
    "show": Entry(FAMILIES[2], "show", "Show a case: where it waits, its deadlines and why, its history."),
    "comment": Entry(FAMILIES[2], "acting", "Add a remark to the record of a case."),
    "extend": Entry(FAMILIES[2], "acting", "Extend a statutory deadline."),
    "send": Entry(FAMILIES[2], "acting", "Send a message to the case that awaits it."),
    "signal": Entry(FAMILIES[2], "acting", "Broadcast a signal to every case that waits for it."),
    "begin": Entry(FAMILIES[2], "acting", "Begin an activity of an ad-hoc sub-process."),
    "end": Entry(FAMILIES[2], "acting", "End an ad-hoc sub-process that people end."),
    "audit": Entry(FAMILIES[2], "audit", "Look at the audit trail."),
    "tasks": Entry(FAMILIES[3], "listing", "List the open tasks that somebody may do."),
    "counts": Entry(FAMILIES[3], "listing", "Count the tasks of each element, by their status."),
    "claim": Entry(FAMILIES[3], "tasking", "Take a task."),
    "release": Entry(FAMILIES[3], "tasking", "Give a task back."),
    "assign": Entry(FAMILIES[3], "tasking", "Give a task to somebody who may do it."),
    "complete": Entry(FAMILIES[3], "tasking", "Complete a task."),
    "incidents": Entry(FAMILIES[4], "listing", "List the open incidents, case by case."),
    "jobs": Entry(FAMILIES[4], "listing", "List the jobs: what service tasks call."),
    "retry": Entry(FAMILIES[4], "repairing", "Try again what led to an incident."),
    "resolve": Entry(FAMILIES[4], "repairing", "End an incident."),
    "move": Entry(FAMILIES[4], "repairing", "Go on at another element after an incident."),
    "correct": Entry(FAMILIES[4], "repairing", "Correct variables of a case."),
    "suspend": Entry(FAMILIES[4], "repairing", "Let a case rest."),
    "resume": Entry(FAMILIES[4], "repairing", "Let a suspended case go on."),
    "cancel": Entry(FAMILIES[4], "repairing", "End a case before its time."),
    "redesign": Entry(FAMILIES[5], "redesign", "Apply a redesign to a procedure and prove the result."),
    "diff": Entry(FAMILIES[5], "diff", "Tell what is different between two versions."),
    "replay": Entry(FAMILIES[5], "replay", "Replay recorded cases, on their version or another."),
    "schema": Entry(FAMILIES[6], "schema", "Print the JSON Schema of a file that people write."),
    "adapters": Entry(FAMILIES[6], "adapters", "List the stores, engines and calendars that are installed."),
    "worker": Entry(FAMILIES[7], "worker", "Run timers, deadlines and jobs as they fall due."),
    "db": Entry(FAMILIES[7], "db", "Look after a database."),
}


class Program(click.Group):
    """The group of all commands; a command's module is imported when it is called."""

    def make_context(self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any) -> click.Context:
        """Give every call settings of its own."""
        # what cannot be parsed is told as JSON too, although no option of the command has been read then
        extra.setdefault("obj", Settings(is_json="--json" in args))
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(
                    errors="backslashreplace"
                )  # an arrow or a file name that the terminal cannot show is no error of the user's
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(errors="surrogateescape")  # whoever reads a line refuses what is no text
        return super().make_context(info_name, args, parent, **extra)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature is click\'s
        """Return the names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - the signature is click\'s
        """Import a command; None if there is none of that name."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        command: click.Command = getattr(import_module(f"egov_flow.cli.{entry.module}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - the signature is click\'s
        """List the commands by family, without importing any."""
        for family in FAMILIES:
            with formatter.section(family):
                formatter.write_dl([(name, entry.about) for name, entry in COMMANDS.items() if entry.family == family])

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what it refuses is said in its own words, and never with a traceback."""
        try:
            return self._invoke(ctx)
        except OSError as cause:
            if cause.errno == errno.EPIPE or cause.filename is not None:
                raise
            # stdout took no more, of the result or of the document that tells why there is none
            click.echo(f"EF-L026: {ctx.ensure_object(Settings).say('EF-L026', reason=cause.strerror or type(cause).__name__)}", err=True)
            ctx.exit(1)

    def _invoke(self, ctx: click.Context) -> Any:
        settings = ctx.ensure_object(Settings)
        try:
            return super().invoke(ctx)
        except EgovFlowError as refused:
            _tell(settings, refused)
            ctx.exit(2 if refused.code in USAGE else 1)
        except click.UsageError as wrong:
            if not settings.is_json:
                raise
            hint = render("EF-L053", "hint", {"command": (wrong.ctx or ctx).command_path}, settings.language)
            show_document({"error": {"code": "EF-L053", "message": wrong.format_message(), "hint": hint}})
            ctx.exit(wrong.exit_code)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except OSError as cause:
            if cause.filename is None:
                raise
            _complain(settings, "EF-L002", file=cause.filename, reason=cause.strerror or type(cause).__name__)
            ctx.exit(2 if isinstance(cause, FileNotFoundError) else 1)
        except Exception as unexpected:  # noqa: BLE001 - the last door: whatever comes here is a fault of ours, and users get one line of it
            _complain(settings, "EF-L001", error=type(unexpected).__name__)
            if settings.is_debug:
                traceback.print_exception(unexpected, file=sys.stderr)
            ctx.exit(3)


def _tell(settings: Settings, refused: EgovFlowError) -> None:
    if settings.is_json:
        show_document(_document(refused, settings.language))
        return
    click.echo(clean(refused.text(settings.language)), err=True)


def _document(refused: EgovFlowError, language: str) -> dict[str, object]:
    findings = refused.findings if isinstance(refused, ProcedureError) else ()
    if findings:
        said = {"code": refused.code, "message": findings[0].message(language), "hint": findings[0].hint(language)}
        return {"error": said, "findings": [f.as_json(language) for f in findings]}
    message, _, hint = refused.text(language).partition("\n  hint: ")
    return {"error": {"code": refused.code, "message": message.removeprefix(f"{refused.code}: "), "hint": hint}}


def _complain(settings: Settings, code: str, **arguments: object) -> None:
    if settings.is_json:
        show_document({"error": {"code": code, "message": settings.say(code, **arguments), "hint": ""}})
    hint = render(code, "hint", {}, settings.language)
    click.echo(f"{code}: {clean(settings.say(code, **arguments))}" + (f"\n  hint: {hint}" if hint else ""), err=True)


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="egov-flow", prog_name="egov-flow")
def main() -> None:
    """Run, audit and redesign government procedures drawn in BPMN.

    \b
    Exit codes: 0 fine; 1 findings, or a command that was refused;
    2 usage, or a file that is not there; 3 an unexpected error.
    """  # noqa: D301 - the escape is click's sign to keep these lines as they are
