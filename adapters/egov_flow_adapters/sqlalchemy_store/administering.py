# SPDX-License-Identifier: Apache-2.0
"""What the owner of a database does to it: bring it to the newest layout, check it, copy it, give an account its rights."""

from __future__ import annotations

from typing import IO

from egov_flow.errors import StoreError
from egov_flow_adapters.sqlalchemy_store import _copying, _upgrading
from egov_flow_adapters.sqlalchemy_store._database import OwnDatabase
from egov_flow_adapters.sqlalchemy_store._roles import role_script

__all__ = ["SqlAdministration", "administer"]


def administer(url: str) -> SqlAdministration:
    """Open a database for its owner, whatever layout it has; nothing is made or changed yet.

    Raises:
        StoreError: the database cannot be opened.
    """
    return SqlAdministration(url)


class SqlAdministration:
    """Implements `ports.Administration`."""

    def __init__(self, url: str) -> None:
        self._url = url

    def current(self) -> int:
        """Return the number of the database's layout; 0 if it has none."""
        database = OwnDatabase(self._url, prepare=False)
        try:
            with database.reading() as connection:
                return _upgrading.layout(connection)
        finally:
            database.close()

    def upgrade(self) -> int:
        """Bring it to the newest layout in one transaction, and return the number of the one it had.

        Raises:
            StoreError: it has a newer layout, or the database refused; then nothing was changed.
        """
        database = OwnDatabase(self._url, prepare=False)
        try:
            database.enable_wal()
            with database.migrating() as connection:
                return _upgrading.upgrade(connection, database.place)
        finally:
            database.close()

    def check(self) -> tuple[str, ...]:
        """Return how it differs from what this version expects, one line each; none if it is fit."""
        database = OwnDatabase(self._url, prepare=False)
        try:
            with database.reading() as connection:
                broken = _upgrading.damage(connection)
                return broken or _upgrading.differences(connection)
        finally:
            database.close()

    def dump(self, file: IO[bytes]) -> int:
        """Write everything as text, as it is at one moment, and return the number of rows."""
        database = OwnDatabase(self._url)
        try:
            with database.snapshot() as connection:
                return _copying.dump(connection, file)
        finally:
            database.close()

    def load(self, file: IO[bytes]) -> int:
        """Write a dump into a database without rows, read it back and compare; return the number of rows.

        Raises:
            StoreError: there are rows already, or the dump is damaged; then nothing was written.
        """
        database = OwnDatabase(self._url)
        try:
            with database.migrating() as connection:
                return _copying.load(connection, file, database.place)
        finally:
            database.close()

    def roles(self, role: str) -> str:
        """Return SQL that gives an account the least it needs.

        Raises:
            StoreError: SQLite has no accounts.
        """
        if not self._url.startswith("postgresql"):
            raise StoreError("EF-S031")
        return role_script(role)
