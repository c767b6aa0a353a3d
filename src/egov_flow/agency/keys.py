# SPDX-License-Identifier: Apache-2.0
"""Keys in three layers: a master key outside the database, one key per person whom cases concern, one key per case.

The database keeps the two inner layers wrapped, each by the layer above it, so that whoever copies it reads nothing; and what a person's key alone
wraps is unreadable once that key is destroyed. Nobody's name stands beside a key: a subject is a keyed hash.
"""

from __future__ import annotations

import base64
import hmac
import os
import tempfile
from contextlib import suppress
from pathlib import Path

import attrs

from egov_flow.agency.sealing import KEY_BYTES, Seal, place
from egov_flow.data import Value, encode
from egov_flow.errors import StoreError
from egov_flow.ports import Ids, KeyVault
from egov_flow.values import CaseKey, SearchMark, SubjectKey

__all__ = ["MASTER_KEY", "KeyRing", "NewKey", "make_master_key", "read_master_key"]

MASTER_KEY = "EGOV_FLOW_MASTER_KEY_FILE"
"""Environment variable that names the file with the master key: 32 bytes, raw or in base64."""
MARK_BYTES = 16


@attrs.frozen
class NewKey:
    """A new case's key, and how it is kept."""

    key: bytes
    kept: tuple[CaseKey, ...]
    subject: SubjectKey | None


@attrs.frozen
class KeyRing:
    """Makes, wraps and unwraps keys with the master key.

    Args:
        master: the master key, or the file that held it and is gone: then nothing is sealed with another one, and nothing opens.
    """

    seal: Seal
    ids: Ids
    _master: bytes | Path = attrs.field(repr=False)

    @property
    def master(self) -> bytes:
        """Return the master key.

        Raises:
            StoreError: the file that held it is gone.
        """
        if isinstance(self._master, Path):
            raise StoreError("EF-A056", file=self._master)
        return self._master

    def new(self, vault: KeyVault, tenant: str, case: str, subject: str) -> NewKey:
        """Return a key for a new case that concerns somebody (the id of its applicant)."""
        name = self._digest("subject", tenant, subject)
        wrapped = vault.subject(tenant, name)
        own = self.ids.random(KEY_BYTES) if wrapped is None else self._unwrap(self.master, wrapped, _of_subject(tenant, name), case)
        key = self.ids.random(KEY_BYTES)
        kept = CaseKey(name, self.seal.close(own, key, _of_case(tenant, case, name)))
        first = SubjectKey(name, self.seal.close(self.master, own, _of_subject(tenant, name))) if wrapped is None else None
        return NewKey(key, (kept,), first)

    def of(self, vault: KeyVault, tenant: str, cases: frozenset[str]) -> dict[str, bytes]:
        """Return the keys of cases; there is none of a case that never had one, or of which every key that wraps it was destroyed.

        Raises:
            StoreError: it was wrapped with another master key, or changed outside egov_flow.
        """
        found: dict[str, bytes] = {}
        for case, kept, wrapped in vault.keys(tenant, cases):
            if case in found:
                continue
            if not kept.subject:
                found[case] = kept.wrapped  # a case from layout 1, which kept keys as they are
            elif wrapped is not None:
                own = self._unwrap(self.master, wrapped, _of_subject(tenant, kept.subject), case)
                found[case] = self._unwrap(own, kept.wrapped, _of_case(tenant, case, kept.subject), case)
        return found

    def mark(self, tenant: str, procedure: str, name: str, value: Value) -> SearchMark:
        """Return the mark by which a variable is searched for; null has none."""
        if value is None:
            return SearchMark(f"{procedure}.{name}", "")
        return SearchMark(f"{procedure}.{name}", self._digest("search", tenant, procedure, name, encode(value).hex()))

    def letter(self, tenant: str, message: str, receiver: str) -> str:
        """Return the mark under which a kept message is found by whom it is for; nobody else can make it or read it."""
        return f"kept:{self._digest('letter', tenant, message, receiver)}"

    def conversation(self, tenant: str, procedure: str, key: str) -> str:
        """Return the mark of the cases of a procedure that messages of one correlation key have begun."""
        return f"conversation:{self._digest('conversation', tenant, procedure, key)}"

    def _digest(self, purpose: str, *of: str) -> str:
        message = b"".join(len(part.encode()).to_bytes(4, "big") + part.encode() for part in (purpose, *of))
        return hmac.new(self.master, b"egov-flow/keys/1" + message, "sha256").digest()[:MARK_BYTES].hex()

    def _unwrap(self, key: bytes, wrapped: bytes, belongs: bytes, case: str) -> bytes:
        try:
            return self.seal.open(key, wrapped, belongs, case)
        except StoreError as cause:
            raise StoreError("EF-A040", case=case) from cause


def _of_case(tenant: str, case: str, subject: str) -> bytes:
    return place(tenant, case, "key", subject)


def _of_subject(tenant: str, subject: str) -> bytes:
    return place(tenant, "", "subject", subject)


def read_master_key(url: str, ids: Ids) -> bytes | Path:
    """Return the master key for a store, or the file in which `make_master_key` may write one.

    It is read from the file that EGOV_FLOW_MASTER_KEY_FILE names. Without that, a SQLite database has its own beside it (`cases.db.key`, for its owner only,
    made with the database), and what lives in memory has one that dies with it.

    Raises:
        StoreError: a PostgreSQL store without EGOV_FLOW_MASTER_KEY_FILE, or a file that cannot be read or holds no key.
    """
    named = os.environ.get(MASTER_KEY)
    if named:
        return _key_in(Path(named))
    scheme, _, rest = url.partition(":")
    file, _, options = rest.removeprefix("///").removeprefix("file:").partition("?")
    if scheme.partition("+")[0] == "postgresql":
        raise StoreError("EF-A041", variable=MASTER_KEY)
    if scheme.partition("+")[0] != "sqlite" or not rest.startswith("///") or file in {"", ":memory:"} or "mode=memory" in options:
        return ids.random(KEY_BYTES)
    beside = Path(file).with_name(Path(file).name + ".key")
    if not beside.parent.is_dir():
        raise StoreError("EF-A055", folder=beside.parent)
    return _key_in(beside) if beside.exists() else beside


def make_master_key(file: Path) -> bytes:
    """Write a master key into a new file and return it, or the one that somebody else was quicker to write.

    Raises:
        StoreError: the file cannot be written.
    """
    try:
        _write_whole(file, base64.b64encode(os.urandom(KEY_BYTES)) + b"\n")
    except OSError as cause:
        raise StoreError("EF-A042", file=file, reason=cause.strerror or type(cause).__name__) from cause
    return _key_in(file)


def _write_whole(file: Path, content: bytes) -> None:
    """Write a new file for its owner only; whoever looks sees all of it or nothing, and the first of two writers wins."""
    handle, draft = tempfile.mkstemp(prefix=file.name, dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        with suppress(FileExistsError):
            os.link(draft, file)
    finally:
        Path(draft).unlink()


def _key_in(file: Path) -> bytes:
    try:
        found = file.read_bytes()
    except OSError as cause:
        raise StoreError("EF-A042", file=file, reason=cause.strerror or type(cause).__name__) from cause
    if len(found) == KEY_BYTES:
        return found
    with suppress(ValueError):
        key = base64.b64decode(found.strip(), validate=True)
        if len(key) == KEY_BYTES:
            return key
    raise StoreError("EF-A042", file=file, reason=f"it does not hold {KEY_BYTES} bytes")
