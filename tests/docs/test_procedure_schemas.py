# SPDX-License-Identifier: Apache-2.0
"""The published JSON Schemas are those of the reader, and the shipped files keep them."""

from __future__ import annotations

import json

import jsonschema
import pytest
from ruamel.yaml import YAML

from egov_flow.procedure import scenario_schema, schema

PUBLISHED = {"procedure": schema("procedure"), "obligations": schema("obligations"), "scenario": scenario_schema()}


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_published_schema_is_the_reader_s(name, repository):
    assert json.loads((repository / "docs" / "reference" / f"{name}.schema.json").read_text("utf-8")) == PUBLISHED[name]


@pytest.mark.parametrize("name", PUBLISHED)
def test_it_is_a_schema_and_the_shipped_files_keep_it(name, repository):
    jsonschema.Draft202012Validator.check_schema(PUBLISHED[name])
    pattern = "scenarios/*.yaml" if name == "scenario" else f"{name}.yaml"
    files = list((repository / "processes").rglob(pattern))

    assert files
    for file in files:
        said = json.loads(json.dumps(YAML(typ="safe").load(file.read_text("utf-8")), default=str))
        jsonschema.validate(said, PUBLISHED[name])


def test_every_key_says_what_it_means():
    assert [key for key, entry in schema("procedure")["properties"].items() if not entry.get("description")] == []
    assert schema("procedure")["additionalProperties"] is False


def test_there_is_no_other_schema():
    with pytest.raises(KeyError):
        schema("organisation")


def test_every_key_stands_in_the_reference(repository):
    page = (repository / "docs" / "reference" / "procedure.md").read_text("utf-8")
    missing = [key for name in PUBLISHED for key in _keys(PUBLISHED[name]) if f"`{key}`" not in page and f"{key}:" not in page]

    assert missing == []


def _keys(part):
    if isinstance(part, list):
        return [key for inner in part for key in _keys(inner)]
    if not isinstance(part, dict):
        return []
    own = list(part.get("properties", {}))
    return own + [key for inner in part.values() for key in _keys(list(inner.values()) if isinstance(inner, dict) else inner)]
