# SPDX-License-Identifier: Apache-2.0
"""Run, audit and redesign government procedures drawn in BPMN."""
