# SPDX-License-Identifier: Apache-2.0
"""The textbook models, from `models.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path

import attrs

FOLDER = Path(__file__).resolve().parent


@attrs.frozen
class Model:
    """A model.

    Attributes:
        name: of its file.
        after: which well-known example it follows.
        drawing: lines of text, see `drawing.textbook`.
        plays: what happens, one command in a line, and the trace.
    """

    name: str
    after: str
    drawing: str
    plays: tuple[tuple[tuple[str, ...], str], ...]


MODELS = tuple(
    Model(m["name"], m["after"], m["drawing"], tuple((tuple(p["play"].strip().splitlines()), p["trace"]) for p in m["plays"]))
    for m in tomllib.loads(FOLDER.joinpath("models.toml").read_text("utf-8"))["model"]
)
