# SPDX-License-Identifier: Apache-2.0
"""The adapter of a URL's scheme is found among what is installed."""

from __future__ import annotations

from importlib.metadata import EntryPoint, EntryPoints

import pytest

from egov_flow.agency import Agency, wiring
from egov_flow.errors import NotFound


def test_an_adapter_that_was_missing_is_found_once_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    installed: list[EntryPoint] = []
    monkeypatch.setattr(wiring, "entry_points", lambda group: EntryPoints(installed))
    with pytest.raises(NotFound, match="EF-A010: no adapter named drawer"):
        Agency.open("drawer:")

    installed.append(EntryPoint("drawer", "builtins:str", "egov_flow.stores"))
    assert Agency.open("drawer:").wiring.store == "drawer:"
