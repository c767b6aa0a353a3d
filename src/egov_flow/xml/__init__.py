# SPDX-License-Identifier: Apache-2.0
"""The gate for XML that others wrote, the exact place of each of its tags, and edits that leave every other byte alone."""

from __future__ import annotations

from egov_flow.xml.document import Document, Element, read
from egov_flow.xml.gate import Tag
from egov_flow.xml.splicing import Attribute, Splice, attributes, encoding_of, escape, splice

__all__ = ["Attribute", "Document", "Element", "Splice", "Tag", "attributes", "encoding_of", "escape", "read", "splice"]
