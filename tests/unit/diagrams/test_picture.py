# SPDX-License-Identifier: Apache-2.0
"""A picture is shown in a notebook and saved as its name says."""

from __future__ import annotations

import sys

import pytest

from egov_flow.diagrams import diagram
from egov_flow.errors import ConflictError, InvalidData


def test_a_notebook_gets_the_svg(model):
    picture = diagram(model("linear"))

    assert picture._repr_svg_() == picture.svg


def test_a_picture_is_saved_as_svg(model, tmp_path):
    picture = diagram(model("linear"))
    file = picture.save(tmp_path / "linear.svg")

    assert file.read_text("utf-8") == picture.svg


def test_another_ending_is_refused_and_nothing_is_written(model, tmp_path):
    with pytest.raises(InvalidData, match="EF-G008"):
        diagram(model("linear")).save(tmp_path / "linear.jpeg")

    assert list(tmp_path.iterdir()) == []


def test_a_png_without_its_library_says_what_to_install(model, monkeypatch):
    monkeypatch.setitem(sys.modules, "resvg_py", None)

    with pytest.raises(ConflictError, match=r"egov-flow\[png\]"):
        diagram(model("linear")).png()
