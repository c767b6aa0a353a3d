# SPDX-License-Identifier: Apache-2.0
"""The report: one page that loads nothing, runs nothing, is escaped, tells what is not verified, and names nobody."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import UTC, datetime
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise

import attrs
import pytest

from egov_flow.audit import Verification
from egov_flow.errors import Finding
from egov_flow.procedure import LegalBasis
from egov_flow.proof import prove
from egov_flow.redesign import Redesign
from egov_flow.replaying import Replay
from egov_flow.report import figures, report
from egov_flow.report._style import CSS

MADE = datetime(2026, 4, 24, 9, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script>\"&'"
LOADS = {"src", "href", "xlink:href", "srcset", "data", "action", "poster", "style", "ping", "formaction"}
VOID = {"meta", "br"}


class Page(HTMLParser):
    """A parsed page: its tags with their attributes, its text; every element must be closed in its place."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.open, self.text = [], [], []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)

    def all(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.fixture(scope="session")
def redesigned(procedure, repository_root):
    file = repository_root / "processes/indonesia/foi_request/redesigns/parallel_checks.yaml"
    return Redesign.read(file).apply(procedure)


@pytest.fixture(scope="session")
def repository_root(request):
    return request.config.rootpath


@pytest.fixture(scope="session")
def found(procedure, a_case, a_deadline, entered):
    cases = [
        a_case("a", deadlines=[a_deadline("decision"), a_deadline("objection", "expired")]),
        a_case("b", "running", waiting=("Task_Decide",)),
    ]
    return figures(procedure, cases, {"a": entered("a", "Task_Register", "End_InformationGiven"), "b": entered("b", "Task_Register")})


@pytest.fixture(scope="session")
def whole(procedure, found, redesigned):
    """Make a report with every section, once for the same words."""
    replays = {
        "1": [Replay(case="a", outcome="same state")],
        "2": [
            Replay(case="a", outcome="other path", skipped=("Task_AgendaBook",)),
            Replay(case="b", outcome="cannot follow", at=3, reason="EF-Y003"),
        ],
    }

    @cache
    def make(language="en", note=""):
        return report(
            procedure, found, made=MADE, proof=prove(procedure), verification=Verification(3, 40), redesigned=redesigned, replays=replays, note=note,
            language=language,
        )  # fmt: skip

    return make


@pytest.mark.parametrize("language", ["en", "id"])
def test_it_loads_nothing_and_runs_nothing(whole, language):
    page = Page(whole(language))
    used = {value for _, attributes in page.tags for name, value in attributes.items() if name in LOADS}

    assert all(value.startswith("#") for value in used)
    assert {"script", "link", "img", "iframe", "object", "embed", "form", "base", "use", "image"} & {tag for tag, _ in page.tags} == set()
    assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)


def test_its_policy_allows_its_own_style_sheet_and_nothing_else(whole):
    html = whole()
    policy = next(m["content"] for m in Page(html).all("meta") if m.get("http-equiv") == "Content-Security-Policy")
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)[1]

    assert policy.startswith("default-src 'none'; ")
    assert f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'" in policy
    assert "unsafe" not in policy
    assert "url(" not in style
    assert "@import" not in style


@pytest.mark.parametrize("language", ["en", "id"])
def test_it_says_its_language_and_leaves_no_placeholder(whole, language):
    page = Page(whole(language))

    assert page.all("html") == [{"lang": language}]
    assert re.findall(r"\{\w+\}|EF-M\d", " ".join(page.text)) == []


def test_every_table_has_a_caption_and_every_head_a_scope(whole):
    page = Page(whole())

    assert len(page.all("caption")) == len(page.all("table")) > 5
    assert {head.get("scope") for head in page.all("th")} == {"col", "row"}


def test_headings_go_down_step_by_step_and_sections_are_named_by_them(whole):
    page = Page(whole())
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h\d", tag)]
    anchors = {h["id"] for h in page.all("h2")}

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert {s["aria-labelledby"] for s in page.all("section")} == anchors
    assert {a["href"].removeprefix("#") for a in page.all("a")} == anchors | {"main"}


def test_what_scrolls_can_be_reached_by_keyboard_and_has_a_name_of_its_own(whole):
    regions = [d for d in Page(whole()).all("div") if d.get("class") == "wide"]

    assert {(d["role"], d["tabindex"]) for d in regions} == {("region", "0")}
    assert len({d["aria-label"] for d in regions}) == len(regions)


def _luminance(color):
    digits = color.removeprefix("#")
    digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(first, second):
    darker, lighter = sorted(map(_luminance, (first, second)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [0, 1, 2], ids=["light", "dark", "paper"])
def test_text_is_read_on_its_background(theme):
    colors = dict(re.findall(r"--(\w+):(#\w+)", re.findall(r":root\{(.*?)\}", CSS, re.DOTALL)[theme]))

    for ink in ("ink", "quiet", "link", "good", "bad", "doubt"):
        for ground in ("paper", "card"):
            assert _contrast(colors[ink], colors[ground]) >= 4.5, (ink, ground)
    assert _contrast(colors["bar"], colors["paper"]) >= 3


def test_no_id_is_there_twice(whole):
    ids = [attributes["id"] for _, attributes in Page(whole()).tags if "id" in attributes]

    assert len(ids) == len(set(ids))


def test_what_comes_from_files_is_text_and_never_markup(procedure, found):
    basis = LegalBasis(id="UU-14-2008-22", title=HOSTILE, note=HOSTILE)
    hostile = attrs.evolve(procedure, title={"en": HOSTILE}, purpose={"": HOSTILE}, owner=HOSTILE, id=HOSTILE, legal_basis=(basis,))
    page = Page(report(hostile, found, made=MADE, note=HOSTILE))

    assert page.all("script") == []
    assert " ".join(page.text).count(HOSTILE) >= 6


def test_a_provision_that_nobody_compared_says_so_wherever_it_is_cited(procedure, found):
    text = " ".join(Page(report(procedure, found, made=MADE, proof=prove(procedure))).text)
    unsure = [b.id for b in procedure.legal_basis if not b.verified]

    assert unsure
    cited = [name for name in unsure if name in text]
    assert cited
    assert all(f"{name} (not verified against the official text)" in text for name in cited)
    assert "UU-14-2008-22 (not" not in text


def test_the_applicants_time_is_no_broken_deadline(procedure, found):
    text = " ".join(Page(report(procedure, found, made=MADE)).text)

    assert "the applicant's time" in text
    assert "100 %" in text


@pytest.mark.parametrize(("counts", "said"), [((199, 1), "99 %"), ((1, 199), "1 %"), ((1, 1), "50 %"), ((3, 0), "100 %"), ((0, 3), "0 %")])
def test_a_share_is_all_or_none_only_when_it_is(procedure, a_case, a_deadline, counts, said):
    statuses = ["met"] * counts[0] + ["expired"] * counts[1]
    cases = [a_case(str(n), deadlines=[a_deadline("decision", status)]) for n, status in enumerate(statuses)]
    page = Page(report(procedure, figures(procedure, cases, {}), made=MADE))
    kept = page.text[page.text.index("of the agency's deadlines kept") + 1]

    assert kept == said


def test_a_damaged_trail_is_told_with_its_findings(procedure, found):
    damaged = Verification(3, 40, (Finding.of("EF-U004", case="a", seq=7, found="", head="", reason=""),))
    text = " ".join(Page(report(procedure, found, made=MADE, verification=damaged)).text)

    assert "damaged" in text
    assert "EF-U004" in text


def test_it_tells_the_redesign_and_the_replay(whole):
    text = " ".join(Page(whole()).text)

    assert "in 1 of the cases: without “Copy into the agenda book”" in text
    assert "at the same time: Check whether it is held, Test the exemptions (art. 17)" in text
    assert "deadline “First look for completeness”: 1 working days" in text
    assert "the recorded work finds no counterpart in the other version" in text


def test_it_names_no_case_and_no_person(whole, procedure, a_case):
    html = whole()

    assert "citizen:1" not in html
    assert "FOI-a" not in html


def test_the_same_input_is_the_same_page(whole):
    assert whole.__wrapped__() == whole.__wrapped__()


def test_a_section_that_is_not_given_is_left_out(procedure, found):
    assert {h["id"] for h in Page(report(procedure, found, made=MADE)).all("h2")} == {"procedure", "outcomes", "deadlines", "diagram"}
