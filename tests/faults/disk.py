# SPDX-License-Identifier: Apache-2.0
"""A disk between SQLite and the real one: it can fail at the N-th write or sync, and it remembers what a power cut would leave.

SQLite's own file functions are kept; only the functions that write are hooked, in the very library that Python's sqlite3 uses.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

IO_ERROR, FULL, OK = 10, 13, 0
VERSION_1 = (
    "close",
    "read",
    "write",
    "truncate",
    "sync",
    "file_size",
    "lock",
    "unlock",
    "check_lock",
    "control",
    "sector",
    "characteristics",
)
# the name stays a pointer: SQLite keeps it, and a copy of ours would be gone by then
OPEN = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
WRITE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_int64)
TRUNCATE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int64)
SYNC = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int)


class Methods(ctypes.Structure):
    """`sqlite3_io_methods`, version 3."""

    _fields_ = (
        ("version", ctypes.c_int),
        *((name, ctypes.c_void_p) for name in (*VERSION_1, "shm_map", "shm_lock", "shm_barrier", "shm_unmap", "fetch", "unfetch")),
    )


class Vfs(ctypes.Structure):
    """The beginning of `sqlite3_vfs`."""

    _fields_ = (
        ("version", ctypes.c_int), ("file_size", ctypes.c_int), ("longest_path", ctypes.c_int), ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p), ("data", ctypes.c_void_p), ("open", ctypes.c_void_p),
    )  # fmt: skip


class Done(NamedTuple):
    """One thing that was done to a file: written, truncated (`content` None) or synced (`content` None, `offset` -1), or a note of the test."""

    file: str
    offset: int
    content: bytes | None = None


class Disk:
    """What happened to the files of one folder, and what is to go wrong."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        self.log: list[Done] = []
        self.fails_at = 0
        self.error = IO_ERROR
        self._names: dict[int, str] = {}
        self._kept: list[object] = []
        self._changing = 0

    def fail_at(self, number: int, error: int = IO_ERROR) -> None:
        """Let the N-th write, truncation or sync from now on fail, and all after it: a disk that broke stays broken."""
        self._changing, self.fails_at, self.error = 0, number, error

    def mend(self) -> int:
        """Let everything succeed again, and return how often something was written since `fail_at`."""
        self.fails_at = 0
        return self._changing

    def note(self, text: str) -> None:
        """Remember a moment of the test."""
        self.log.append(Done("", 0, text.encode()))

    def hook(self, vfs: Vfs) -> None:
        """Put this disk under every file that SQLite opens from now on."""
        original = OPEN(vfs.open)

        def open_file(this: int, name: int | None, file: int, flags: int, out: int) -> int:
            result: int = original(this, name, file, flags, out)
            path = ctypes.string_at(name).decode() if name else ""
            if result == OK and path.startswith(self.folder):
                self._hook_file(file, path)
            return result

        hooked = OPEN(open_file)
        self._kept.append(hooked)
        vfs.open = ctypes.cast(hooked, ctypes.c_void_p).value

    def _hook_file(self, file: int, name: str) -> None:
        pointer = ctypes.cast(file, ctypes.POINTER(ctypes.c_void_p))
        methods = Methods.from_buffer_copy(ctypes.string_at(pointer[0], ctypes.sizeof(Methods)))
        write, truncate, sync = WRITE(methods.write), TRUNCATE(methods.truncate), SYNC(methods.sync)

        def on_write(this: int, data: int, size: int, offset: int) -> int:
            return self._fails() or self._note(Done(name, offset, ctypes.string_at(data, size)), write(this, data, size, offset))

        def on_truncate(this: int, size: int) -> int:
            return self._fails() or self._note(Done(name, size), truncate(this, size))

        def on_sync(this: int, flags: int) -> int:
            # a disk without room refuses to write, not to keep what was written
            return (self._fails() if self.error != FULL else OK) or self._note(Done(name, -1), sync(this, flags))

        hooks = (WRITE(on_write), TRUNCATE(on_truncate), SYNC(on_sync))
        methods.write, methods.truncate, methods.sync = (ctypes.cast(hook, ctypes.c_void_p).value for hook in hooks)
        methods.version = min(methods.version, 2)  # no memory mapping, which writes past these functions
        self._kept += [hooks, methods]
        pointer[0] = ctypes.addressof(methods)

    def _fails(self) -> int:
        self._changing += 1
        return self.error if self.fails_at and self._changing >= self.fails_at else OK

    def _note(self, done: Done, result: int) -> int:
        if result == OK:
            self.log.append(done)
        return result


@contextmanager
def disk_under(folder: Path) -> Iterator[Disk]:
    """Put a disk under the databases of a folder that are opened inside.

    Raises:
        RuntimeError: this Python's sqlite3 does not use the system's SQLite.
    """
    library = ctypes.CDLL(ctypes.util.find_library("sqlite3"))
    library.sqlite3_vfs_find.restype = ctypes.POINTER(Vfs)
    library.sqlite3_libversion.restype = ctypes.c_char_p
    if library.sqlite3_libversion().decode() != sqlite3.sqlite_version:
        raise RuntimeError("Python's sqlite3 uses another SQLite than the system's")
    vfs = library.sqlite3_vfs_find(None).contents
    before, disk = vfs.open, Disk(folder)
    disk.hook(vfs)
    try:
        yield disk
    finally:
        vfs.open = before


def after_power_cut(log: list[Done], keep: int, keeps: object) -> dict[str, bytes]:
    """Return the files as a power cut after `keep` operations leaves them.

    What was synced is there. Of what was written since, `keeps` says for each write whether it came to the disk, in any order.
    """
    synced: dict[str, bytearray] = {}
    since: dict[str, list[Done]] = {}
    for done in log[:keep]:
        if not done.file:
            continue
        waiting = since.setdefault(done.file, [])
        if done.offset == -1 and done.content is None:
            for earlier in waiting:
                _apply(synced.setdefault(done.file, bytearray()), earlier)
            waiting.clear()
        else:
            waiting.append(done)
    for file, waiting in since.items():
        content = synced.setdefault(file, bytearray())
        for earlier in waiting:
            if keeps():  # type: ignore[operator]
                _apply(content, earlier)
    return {file: bytes(content) for file, content in synced.items()}


def _apply(content: bytearray, done: Done) -> None:
    if done.content is None:
        del content[done.offset :]
        return
    end = done.offset + len(done.content)
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    content[done.offset : end] = done.content
