# SPDX-License-Identifier: Apache-2.0
"""Every sentence that the product says, by code and language.

A text stands in `texts/<language>/<room>.toml` under its code, as `message` and, where the reader can do something, `hint`. Placeholders are
`{name}`. A test keeps the languages complete and their placeholders equal.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

LANGUAGES = ("en", "id")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")

__all__ = ["LANGUAGES", "catalogue", "render"]


@cache
def catalogue(language: str) -> dict[str, dict[str, str]]:
    """Return all texts of one language: code → {"message": …, "hint": …}."""
    texts: dict[str, dict[str, str]] = {}
    folder = resources.files(__name__).joinpath(language)
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".toml"):
            continue
        for code, entry in tomllib.loads(file.read_text("utf-8")).items():
            if code in texts:
                raise ValueError(f"{file.name}: {code} has a text already")
            texts[code] = entry
    return texts


def render(code: str, part: str, arguments: dict[str, str], language: str = "en") -> str:
    """Return the `message` or `hint` of a code with its placeholders filled; "" if the code has no such part."""
    template = catalogue(language)[code].get(part, "")
    # str.format would follow attributes; here whole names are replaced, in one pass, so that braces inside an argument stay as they are.
    return _PLACEHOLDER.sub(lambda found: arguments.get(found[1], found[0]), template)
