# SPDX-License-Identifier: Apache-2.0
"""The pieces that sections are made of: texts of the catalogue, tables, tiles, figures, marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from egov_flow.diagrams import Picture
from egov_flow.report._markup import Markup, join, tag
from egov_flow.texts import render

__all__ = ["Section", "Words", "bar", "figure", "number", "paragraphs", "section", "table", "tiles"]


@attrs.frozen
class Words:
    """Texts in one language."""

    language: str

    def say(self, code: str, **arguments: object) -> str:
        """Return a text of the catalogue."""
        return render(code, "message", {key: str(value) for key, value in arguments.items()}, self.language)

    def of(self, texts: Mapping[str, str], default: str = "") -> str | Markup:
        """Return a text of a procedure in this language, or in another one and marked so."""
        for language in (self.language, "", "en", *texts):
            if texts.get(language):
                other = language not in {self.language, ""}
                return tag("span", texts[language], lang=language) if other else texts[language]
        return default

    def share(self, part: int, whole: int) -> str:
        """Return a share as a percentage, rounded away from all and from none: 199 of 200 is 99 %."""
        if not whole:
            return "–"
        percent = part * 100 // whole if 2 * part > whole else -(-part * 100 // whole)
        return self.say("EF-M002", percent=percent)

    def days(self, value: float | None) -> str:
        """Return days with one decimal."""
        return "–" if value is None else self.say("EF-M003", days=f"{value:.1f}".replace(".", "," if self.language == "id" else "."))


@attrs.frozen
class Section:
    """A section: `name` is its anchor, `title` its heading."""

    name: str
    title: str
    content: Markup

    def html(self) -> Markup:
        """Return the section as HTML."""
        return tag("section", tag("h2", self.title, id=self.name), self.content, aria_labelledby=self.name)


def section(name: str, title: str, *content: str) -> Section:
    """Return a section of those pieces."""
    return Section(name, title, join(content))


def number(value: object) -> Markup:
    """Return a cell that stands under the others' units."""
    return tag("td", str(value), class_="number")


def bar(part: int, whole: int) -> Markup:
    """Return a cell with a bar that shows a part of a whole; the number beside it says the same."""
    width = round(100 * part / whole, 1) if whole else 0
    drawn = tag("svg", tag("rect", width=width, height=10, rx=1), viewBox="0 0 100 10", preserveAspectRatio="none", aria_hidden="true")
    return tag("td", drawn, class_="bar")


def table(caption: str, heads: Sequence[str | Markup], rows: Sequence[Sequence[str | Markup]], kind: str = "") -> Markup:
    """Return a table whose first column names the row.

    Args:
        heads: texts of the columns; `>` before one sets it right, over numbers.
        rows: each a text for the row's name and texts or cells for the others.
    """
    columns = [tag("th", head.removeprefix(">"), scope="col", class_="number" if head.startswith(">") else None) for head in heads]
    head = tag("thead", tag("tr", *columns)) if heads else Markup()
    body = [tag("tr", tag("th", row[0], scope="row"), *map(_cell, row[1:])) for row in rows]
    written = tag("table", tag("caption", caption), head, tag("tbody", *body), class_=kind or None)
    return tag("div", written, class_="wide", role="region", tabindex=0, aria_label=caption)


def _cell(cell: str | Markup) -> Markup:
    return cell if isinstance(cell, Markup) and cell.startswith("<td") else tag("td", cell)


def tiles(pairs: Sequence[tuple[str, str | Markup]]) -> Markup:
    """Return a few figures that are seen first."""
    return tag("dl", *[tag("div", tag("dt", name), tag("dd", value)) for name, value in pairs], class_="tiles")


def figure(picture: Picture, caption: str) -> Markup:
    """Return a picture, which a narrow screen scrolls and paper shows whole."""
    drawn = Markup(picture.svg.strip())  # made by the room of diagrams, which escapes what comes from files
    frame = tag("div", drawn, class_="wide", role="region", tabindex=0, aria_label=caption)
    return tag("figure", frame, tag("figcaption", caption))


def paragraphs(*texts: str) -> Markup:
    """Return paragraphs of those texts that say something."""
    return join([tag("p", text) for text in texts if text])
