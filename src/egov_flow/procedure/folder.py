# SPDX-License-Identifier: Apache-2.0
"""A procedure folder on disk: which of its files count, read safely; its fingerprint; and written back."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs

from egov_flow.errors import Finding, NotFound, Place

__all__ = ["MAIN", "Gathered", "counts", "fingerprint", "gather", "shown", "write_files"]

MAIN = "process.bpmn"
MAX_BYTES = 10 * 1024 * 1024
MAX_FILES = 1000
_SINGLE = ("procedure.yaml", "obligations.yaml", MAIN)
_FOLDERS = {"forms": ".json", "decisions": ".dmn"}
_BESIDE = ("redesigns", "scenarios", "README.md")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._\-]{0,99}")


@attrs.frozen
class Gathered:
    """The files that make up a procedure, sorted by path, and what was wrong while they were gathered."""

    files: tuple[tuple[str, bytes], ...]
    findings: tuple[Finding, ...] = ()


def counts(path: str) -> bool:
    """Whether a path inside a folder is part of the procedure, so that its hash covers it."""
    if path in _SINGLE:
        return True
    folder, _, name = path.partition("/")
    return folder in _FOLDERS and name.endswith(_FOLDERS[folder]) and _NAME.fullmatch(name) is not None


def shown(folder: str, path: str) -> str:
    """Return how findings name a file of a folder."""
    return f"{folder.rstrip('/')}/{path}" if folder else path


def fingerprint(files: Iterable[tuple[str, bytes]]) -> str:
    """Return the SHA-256 of a procedure's files: of path, length and bytes of each, sorted by path."""
    digest = hashlib.sha256()
    for path, data in sorted(files):
        digest.update(f"{path}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def gather(folder: Path) -> Gathered:
    """Read the files of a procedure folder that count. Links, strange names and files that are too large are findings and stay unread.

    Raises:
        NotFound: the folder cannot be listed.
    """
    files: list[tuple[str, bytes]] = []
    findings: list[Finding] = []
    for path in _paths(folder, findings):
        data = _read(folder, path, findings)
        if data is not None:
            files.append((path, data))
    return Gathered(tuple(sorted(files)), tuple(findings))


def _paths(folder: Path, findings: list[Finding]) -> Iterator[str]:
    for name in _names(folder):
        place = Place(str(folder / name))
        if name in _SINGLE:
            yield name
        elif name in _FOLDERS:
            if (folder / name).is_symlink() or not (folder / name).is_dir():
                findings.append(Finding.of("EF-P040", place))
                continue
            yield from _inside(folder, name, findings)
        elif name not in _BESIDE:
            findings.append(
                Finding.of("EF-P041", place, severity="warning" if name.endswith((".bpmn", ".yaml", ".yml", ".dmn")) else "info")
            )


def _inside(folder: Path, inner: str, findings: list[Finding]) -> Iterator[str]:
    for count, name in enumerate(_names(folder / inner)):
        if count >= MAX_FILES:
            findings.append(Finding.of("EF-P042", Place(str(folder / inner)), limit=MAX_FILES))
            return
        if counts(f"{inner}/{name}"):
            yield f"{inner}/{name}"
        else:
            findings.append(Finding.of("EF-P043", Place(str(folder / inner / name)), ending=_FOLDERS[inner]))


def _names(folder: Path) -> list[str]:
    """Return the names in a folder, without what file managers and editors hide in it."""
    try:
        return sorted(entry.name for entry in folder.iterdir() if not entry.name.startswith("."))
    except OSError as cause:
        raise NotFound("EF-P001", path=str(folder)) from cause


def _read(folder: Path, path: str, findings: list[Finding]) -> bytes | None:
    place = Place(str(folder / path))
    data, found = read_bytes(folder / path, place)
    findings.extend(found)
    return data


def read_bytes(file: Path, place: Place) -> tuple[bytes | None, tuple[Finding, ...]]:
    """Read one regular file of at most 10 MiB; a link, a pipe or a larger file is a finding."""
    try:
        if file.is_symlink() or not file.is_file():
            return None, (Finding.of("EF-P040", place),)
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as cause:
        return None, (Finding.of("EF-P044", place, problem=cause.strerror or type(cause).__name__),)
    if len(data) > MAX_BYTES:
        return None, (Finding.of("EF-P002", place, limit=MAX_BYTES),)
    return data, ()


def write_files(files: Iterable[tuple[str, bytes]], folder: Path) -> None:
    """Write a procedure's files into a folder, which is made if need be; other files in it stay as they are.

    Raises:
        OSError: the folder or a file cannot be written, or is a link.
    """
    for path, data in files:
        if not counts(path):
            raise ValueError(f"{path!r} is no path of a procedure folder")
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_symlink() or target.parent.is_symlink():
            raise FileExistsError(f"{target} is a link")
        target.write_bytes(data)
