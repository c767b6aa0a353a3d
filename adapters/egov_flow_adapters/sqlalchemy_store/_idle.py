# SPDX-License-Identifier: Apache-2.0
"""Open connections at rest, so that the next use costs next to nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

__all__ = ["Idle"]

KEPT = 8
"""Connections that stay open while nobody uses them."""


class Idle:
    """Gives out connections of an engine, and keeps them whole when they come back.

    SQLAlchemy's pool keeps only the driver's half and makes the rest anew at each use, which takes longer than SQLite takes for a whole question.
    One pool of either kind is beneath it all the same: it bounds how many are open.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._pool = engine.pool
        self._resting: list[Connection] = []
        self._is_closed = False

    @contextmanager
    def use(self) -> Iterator[Connection]:
        """Lend a connection; after an error it is not used again, since nobody knows how it is."""
        if self._engine.pool is not self._pool:
            self._forget()
        try:
            connection = self._resting.pop()
        except IndexError:
            connection = self._engine.connect()
        try:
            yield connection
        except BaseException as error:
            connection.close()
            if isinstance(error, DBAPIError) and error.connection_invalidated:
                self._engine.dispose()  # what is open is as dead: the next use of every Idle of this engine begins anew
            raise
        if connection.in_transaction():  # a question asked through SQLAlchemy begins one by itself
            connection.rollback()
        if self._is_closed or len(self._resting) >= KEPT:
            connection.close()
        else:
            self._resting.append(connection)

    def close(self) -> None:
        """Close what rests, and what comes back later."""
        self._is_closed = True
        while self._resting:
            self._resting.pop().close()

    def _forget(self) -> None:
        """Give up what rests: its pool was given up, and would keep it open."""
        self._pool = self._engine.pool
        dead, self._resting = self._resting, []
        for connection in dead:
            connection.invalidate()
            connection.close()
