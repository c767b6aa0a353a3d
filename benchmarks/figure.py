# SPDX-License-Identifier: Apache-2.0
"""One measured number."""

from __future__ import annotations

import attrs


@attrs.frozen
class Figure:
    """A number that `make bench` prints and keeps.

    Attributes:
        name: dotted, stable: `kernel.loop_cost_ratio_10000_vs_100`.
        value: the number.
        unit: as printed: `s`, `ms`, `ratio`.
    """

    name: str
    value: float
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.name}: {self.value:.4g} {self.unit}".rstrip()

    @classmethod
    def parse(cls, line: str) -> Figure:
        """Read a figure from its printed line.

        Raises:
            ValueError: the line is no `name: value unit`.
        """
        name, colon, rest = line.partition(":")
        number, _, unit = rest.strip().partition(" ")
        if not colon or not name.strip():
            raise ValueError(f"not a figure: {line!r}")
        return cls(name.strip(), float(number), unit.strip())
