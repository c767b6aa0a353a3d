# SPDX-License-Identifier: Apache-2.0
"""A finished picture."""

from __future__ import annotations

from pathlib import Path

import attrs

from egov_flow.errors import ConflictError, InvalidData

__all__ = ["Picture"]


@attrs.frozen
class Picture:
    """An SVG that stands alone: no script, no style sheet, no reference to anything outside.

    Attributes:
        svg: the text; the same model and marks give the same text everywhere.
        width, height: in pixels.
    """

    svg: str = attrs.field(repr=False)
    width: float = 0.0
    height: float = 0.0

    def _repr_svg_(self) -> str:
        return self.svg

    def png(self, *, zoom: float = 2.0) -> bytes:
        """Return the picture as PNG.

        Args:
            zoom: pixels of the PNG per pixel of the diagram.

        Raises:
            ConflictError: the extra `png` is not installed.
        """
        try:
            from resvg_py import svg_to_bytes  # a Rust library of 3 MB that only this method needs
        except ImportError:
            raise ConflictError("EF-G007") from None
        return bytes(svg_to_bytes(svg_string=self.svg, zoom=zoom, sans_serif_family="DejaVu Sans"))

    def save(self, path: str | Path) -> Path:
        """Write the picture to a file, as its name says: `.svg` or `.png`.

        Returns:
            The path it was written to.

        Raises:
            InvalidData: the name ends in something else.
        """
        file = Path(path)
        match file.suffix.lower():
            case ".svg":
                file.write_bytes(self.svg.encode("utf-8"))
            case ".png":
                file.write_bytes(self.png())
            case suffix:
                raise InvalidData("EF-G008", suffix=suffix or file.name)
        return file
