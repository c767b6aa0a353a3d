# SPDX-License-Identifier: Apache-2.0
"""How far long work is, shown on a terminal while it goes on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from egov_flow.cli.settings import Settings

__all__ = ["progress"]


@contextmanager
def progress(settings: Settings, code: str, total: int | None = None) -> Iterator[Callable[[], None]]:
    """Show how far something is; the block calls what it is given once for each of `total`, of which None says that nobody knows it.

    Nothing is shown where JSON is wanted, or no terminal is there.
    """
    if settings.is_json or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("   {task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(settings.say(code), total=total)
        yield lambda: shown.advance(task)
