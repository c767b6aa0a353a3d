# SPDX-License-Identifier: Apache-2.0
"""The published JSON Schema is the one that the code reads by, and it accepts the shipped redesign."""

from __future__ import annotations

import json

import jsonschema
from ruamel.yaml import YAML

from egov_flow.redesign import schema


def test_the_published_schema_is_the_generated_one(repository):
    assert json.loads((repository / "docs/reference/redesign.schema.json").read_text("utf-8")) == schema()


def test_the_schema_accepts_the_shipped_redesign(repository):
    file = repository / "processes/indonesia/foi_request/redesigns/parallel_checks.yaml"

    jsonschema.Draft202012Validator(schema()).validate(YAML(typ="safe", pure=True).load(file.read_text("utf-8")))
