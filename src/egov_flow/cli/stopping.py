# SPDX-License-Identifier: Apache-2.0
"""Ctrl-C and the stop of a service, for what runs until it is stopped."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["stopping"]


@contextmanager
def stopping(stop: Callable[[], None]) -> Iterator[None]:
    """Let SIGINT and SIGTERM call `stop`, once; the second one ends the program.

    An exception instead, as Python raises it for Ctrl-C, is lost where it falls into a finalizer.
    """

    def gently(number: int, _frame: object) -> None:
        stop()
        signal.signal(number, signal.SIG_DFL)

    before = {number: signal.signal(number, gently) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
