# SPDX-License-Identifier: Apache-2.0
"""The page docs/reference/cli.md, made from the commands themselves: `python -m egov_flow.cli.reference > docs/reference/cli.md`."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click

from egov_flow.cli.program import COMMANDS, FAMILIES, main

__all__ = ["commands", "reference"]

HEAD = """# The command line

<!-- Made by `python -m egov_flow.cli.reference`; a test keeps it equal to the commands. -->

`egov-flow COMMAND --help` says what stands here. Exit codes: 0 fine; 1 findings, or a command that was refused; 2 usage, or a file that is not there;
3 an unexpected error. With `--json`, stdout is one JSON document; a refusal is `{"error": {"code", "message", "hint"}}`, with `findings` where there are some.
Tables are ruled on a terminal and plain aligned text elsewhere. Control characters in names and data are shown as escapes.

Who acts is said by `--as` and `--role`; without an organisation file (`--directory`) the roles are trusted, and the audit trail says `claimed`.

## Data and moves

`--data` and the answers of `--handler` are JSON objects: `{"decision": "grant"}`. Numbers keep every digit; a name said twice, NaN and names that begin with
`__` are refused.

`run` and `step` take their moves from the prompt or from a file (`--do`), one a line; a line that begins with `#` is a remark. For `run`:

```text
# a permit that is paid for
start {"street": "Canal 5"}
complete Task_Decide {"grant": true}
send "Payment received" {"amount": 50000}
```

Where the moves end before the case does, stderr says what is possible next (with `--json` the document, under `possible`). Without a terminal and without moves
nothing can be done: the exit code is 2, and the hint shows a line to begin with.

## A case that cannot go on

What fails in a case is an incident: it waits there until an administrator decides. `incidents` says where and why, and its last column is the id that
`retry`, `resolve` and `move` take. What is decided with a reason is recorded with it.

```console
egov-flow incidents --as officer:9 --role administrator
egov-flow retry 019a2f6c4b1e-5d0c/7 --as officer:9 --role administrator
egov-flow resolve 019a2f6c4b1e-5d0c/7 --skip --reason "Notified by letter." --as officer:9 --role administrator
```

`jobs` lists what the service tasks of a case call, and why the last try failed; without a case, what all cases wait for.
What service tasks call belongs to the worker (`egov-flow worker --handlers`), which tries it again after `retry`; `--handler` gives an answer by hand.
"""
SHARED = ("is_json", "language", "is_debug")


def commands() -> Iterator[tuple[str, str, click.Command]]:
    """Yield family, full name and command of everything that can be called."""
    context = click.Context(main, info_name="egov-flow")
    for name, entry in COMMANDS.items():
        command = main.get_command(context, name)
        if isinstance(command, click.Group):
            yield from ((entry.family, f"{name} {inner}", command.commands[inner]) for inner in sorted(command.commands))
        elif command is not None:
            yield entry.family, name, command


def reference() -> str:
    """Return the page."""
    everything = list(commands())
    parts = [HEAD, "## Options of every command\n", _options(everything[0][2], shared=True)]
    for family in FAMILIES:
        parts.append(f"## {family}\n")
        parts += [_command(name, command) for of, name, command in everything if of == family]
    return "\n".join(parts)


def _command(name: str, command: click.Command) -> str:
    context = click.Context(command, info_name=f"egov-flow {name}", max_content_width=140)
    usage = " ".join(command.collect_usage_pieces(context))
    text = re.sub(r"\n +", "\n", command.help or "").strip()
    examples = "\n".join(line.strip() for line in (command.epilog or "").splitlines() if line.startswith("  "))
    options = _options(command, shared=False)
    return f"### {name}\n\n    egov-flow {name} {usage}\n\n{text}\n\n```console\n{examples}\n```\n\n{options}"


def _options(command: click.Command, *, shared: bool) -> str:
    context = click.Context(command, terminal_width=1000, max_content_width=1000)
    wanted = [p for p in command.params if isinstance(p, click.Option) and (p.name in SHARED) is shared]
    rows = [record for p in wanted if (record := p.get_help_record(context)) is not None]
    if not rows:
        return ""
    table = ["| option | what it does |", "|---|---|", *(f"| `{_cell(names)}` | {_cell(about)} |" for names, about in rows)]
    return "\n".join(table) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    click.echo(reference(), nl=False)
