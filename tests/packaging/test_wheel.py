# SPDX-License-Identifier: Apache-2.0
"""The wheel holds both packages whole, and what it announces can be loaded."""

from __future__ import annotations

import configparser
import importlib
import os
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from hatchling import build

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    here = Path.cwd()
    os.chdir(REPOSITORY)
    try:
        folder = tmp_path_factory.mktemp("wheel")
        return zipfile.ZipFile(folder / build.build_wheel(str(folder)))
    finally:
        os.chdir(here)


def _entry_points():
    parser = configparser.ConfigParser(delimiters=("=",))
    parser.optionxform = str
    parser.read_string(_installed_entry_points())
    return [(group, name, value) for group in parser.sections() for name, value in parser[group].items()]


def _installed_entry_points():
    return metadata.distribution("egov-flow").read_text("entry_points.txt") or ""


def _shipped(tree, package):
    files = [file for file in (REPOSITORY / tree / package).rglob("*") if file.is_file() and "__pycache__" not in file.parts]
    return {file.relative_to(REPOSITORY / tree).as_posix() for file in files}


@pytest.mark.parametrize(("tree", "package"), [("src", "egov_flow"), ("adapters", "egov_flow_adapters")])
def test_the_wheel_holds_every_file_of_the_package(wheel, tree, package):
    expected = _shipped(tree, package)

    assert f"{package}/py.typed" in expected
    assert set() == expected - set(wheel.namelist())


def test_the_wheel_holds_the_texts_in_both_languages(wheel):
    texts = [name for name in wheel.namelist() if name.startswith("egov_flow/texts/") and name.endswith(".toml")]

    assert {"en", "id"} == {Path(name).parent.name for name in texts}


def test_the_wheel_holds_nothing_else(wheel):
    roots = {name.partition("/")[0] for name in wheel.namelist()}

    assert {"egov_flow", "egov_flow_adapters"} == {root for root in roots if not root.endswith(".dist-info")}
    assert [name for name in wheel.namelist() if "__pycache__" in name or name.endswith(".db")] == []


def test_the_wheel_carries_its_licence(wheel):
    (licence,) = [name for name in wheel.namelist() if name.endswith("licenses/LICENSE")]
    (about,) = [name for name in wheel.namelist() if name.endswith("dist-info/METADATA")]

    assert (REPOSITORY / "LICENSE").read_bytes() == wheel.read(licence)
    assert "License-Expression: Apache-2.0" in wheel.read(about).decode()


def test_the_installed_entry_points_are_those_of_the_wheel(wheel):
    (file,) = [name for name in wheel.namelist() if name.endswith("entry_points.txt")]

    assert _installed_entry_points().split() == wheel.read(file).decode().split(), "installed from an older pyproject.toml"


@pytest.mark.parametrize(("group", "name", "value"), _entry_points())
def test_an_entry_point_loads(group, name, value):
    module, _, attribute = value.partition(":")
    loaded = importlib.import_module(module)

    assert not attribute or callable(getattr(loaded, attribute)), f"{group} {name}"


def test_the_pytest_plugin_is_announced_as_soon_as_it_exists():
    exists = (REPOSITORY / "src/egov_flow/testing/pytest_plugin.py").exists()

    assert exists == any(group == "pytest11" for group, _, _ in _entry_points())
