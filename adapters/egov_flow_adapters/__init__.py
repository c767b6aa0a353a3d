# SPDX-License-Identifier: Apache-2.0
"""Adapters: what the outside offers, behind the ports of `egov_flow`. One folder is one technology; none knows another."""
