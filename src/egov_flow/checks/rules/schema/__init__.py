# SPDX-License-Identifier: Apache-2.0
"""What BPMN 2.0.2 says in its class tables: attributes, children, how many, of which kind."""

from egov_flow.checks.rule import Rule
from egov_flow.checks.rules.schema import (
    attribute_known,
    attribute_required,
    attribute_value,
    child_allowed,
    child_once,
    child_required,
    children_order,
    expression_body,
    formal_type,
    id_given,
    item_kind,
    reference_found,
    reference_kind,
    target_namespace,
    text_format,
)

__all__ = ["RULES"]

RULES: tuple[Rule, ...] = (
    attribute_known.RULE,
    attribute_required.RULE,
    attribute_value.RULE,
    child_allowed.RULE,
    child_once.RULE,
    child_required.RULE,
    children_order.RULE,
    expression_body.RULE,
    formal_type.RULE,
    id_given.RULE,
    item_kind.RULE,
    reference_found.RULE,
    reference_kind.RULE,
    target_namespace.RULE,
    text_format.RULE,
)
