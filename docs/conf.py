# SPDX-License-Identifier: Apache-2.0
"""Sphinx: Markdown pages, one theme, no network."""

from __future__ import annotations

project = "egov_flow"
author = "The egov_flow maintainers"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "egov_flow"
html_copy_source = False
