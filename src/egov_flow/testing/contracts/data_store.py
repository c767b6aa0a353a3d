# SPDX-License-Identifier: Apache-2.0
"""The contract of `ports.DataStore`."""

from __future__ import annotations

from egov_flow.data import Context, Value, freeze
from egov_flow.ports import DataStore
from egov_flow.values import Actor, Call

__all__ = ["DataStoreContract"]


class DataStoreContract:
    """Give the suite a fixture `store` that is empty, keeps contexts with a `file` and a `note`, and is asked by `file`."""

    def test_what_was_written_is_read(self, store: DataStore) -> None:
        """As data that a case can hold."""
        store.write(_call("1", value={"file": "7", "note": "first"}))
        store.write(_call("2", value={"file": "8", "note": "other"}))

        assert _note(store, "7") == "first"

    def test_what_was_written_last_is_read(self, store: DataStore) -> None:
        """A case that writes again corrects what it wrote before."""
        store.write(_call("1", value={"file": "7", "note": "first"}))
        store.write(_call("2", value={"file": "7", "note": "second"}))

        assert _note(store, "7") == "second"

    def test_a_repeated_key_has_no_second_effect(self, store: DataStore) -> None:
        """A job whose worker died after it had written is done once more."""
        store.write(_call("1", value={"file": "7", "note": "first"}))
        store.write(_call("2", value={"file": "7", "note": "second"}))
        store.write(_call("1", value={"file": "7", "note": "first"}))

        assert _note(store, "7") == "second"

    def test_what_nobody_wrote_is_null(self, store: DataStore) -> None:
        """No error: a diagram asks whether there is something."""
        assert store.read(_call("1", file="9")) is None


def _call(key: str, **data: object) -> Call:
    frozen: Context = freeze(data)
    return Call(name="Register", data=frozen, case="case-1", element="Task", actor=Actor("system:jobs"), key=f"case-1/{key}")


def _note(store: DataStore, file: str) -> Value:
    found: Context = freeze(store.read(_call("9", file=file)))
    return found["note"]
