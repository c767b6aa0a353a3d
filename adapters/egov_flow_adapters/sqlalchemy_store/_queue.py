# SPDX-License-Identifier: Apache-2.0
"""A lock that is given to threads in the order in which they asked."""

from __future__ import annotations

import threading
from collections import deque
from types import TracebackType

__all__ = ["FairQueue"]


class FairQueue:
    """A context manager that lets in one thread at a time, first come first served.

    SQLite has one writer at a time and lets waiting connections try again at random moments, so that under load one may starve; threads of one
    process line up here instead.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._line: deque[threading.Lock] = deque()
        self._taken = False

    def __enter__(self) -> None:
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            turn = threading.Lock()
            turn.acquire()
            self._line.append(turn)
        try:
            turn.acquire()
        except BaseException:  # a KeyboardInterrupt while waiting must not leave a place in the line that nobody takes
            self._leave(turn)
            raise

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with self._guard:
            if self._line:
                self._line.popleft().release()
            else:
                self._taken = False

    def _leave(self, turn: threading.Lock) -> None:
        with self._guard:
            if turn in self._line:
                self._line.remove(turn)
                return
        self.__exit__(None, None, None)  # the turn had just come: hand it on
