# SPDX-License-Identifier: Apache-2.0
"""A procedure folder read whole: diagram, procedure.yaml, obligations.yaml and forms as one typed value with every finding in its place."""

from egov_flow.procedure import shapes
from egov_flow.procedure.entries import Entry, read_entries, read_source
from egov_flow.procedure.folder import fingerprint, shown
from egov_flow.procedure.forms import fields
from egov_flow.procedure.model import (
    DataRule,
    DeadlineRule,
    Extension,
    Form,
    LegalBasis,
    Link,
    Measure,
    Milestone,
    Obligation,
    Procedure,
    Role,
    Silenced,
    Trigger,
)
from egov_flow.procedure.reading import read, read_files, write
from egov_flow.procedure.scenarios import Expectation, Person, Scenario, ScenarioStep, read_scenario, scenario_schema
from egov_flow.procedure.validating import problems
from egov_flow.procedure.vocabulary import schema

__all__ = [
    "DataRule",
    "DeadlineRule",
    "Entry",
    "Expectation",
    "Extension",
    "Form",
    "LegalBasis",
    "Link",
    "Measure",
    "Milestone",
    "Obligation",
    "Person",
    "Procedure",
    "Role",
    "Scenario",
    "ScenarioStep",
    "Silenced",
    "Trigger",
    "fields",
    "fingerprint",
    "problems",
    "read",
    "read_entries",
    "read_files",
    "read_scenario",
    "read_source",
    "scenario_schema",
    "schema",
    "shapes",
    "shown",
    "write",
]
