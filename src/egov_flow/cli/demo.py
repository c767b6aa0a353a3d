# SPDX-License-Identifier: Apache-2.0
"""`egov-flow demo`: the whole story on a real database, in virtual time, and a folder of pictures to look at afterwards."""

from __future__ import annotations

from pathlib import Path

import click

from egov_flow.cli.options import common, example
from egov_flow.cli.output import show_document
from egov_flow.cli.settings import Settings

__all__ = ["demo", "run_demo"]


@click.command(epilog=example("demo", "demo --out story --cases 30 --seed 7"))
@click.option("--out", default="demo", show_default=True, metavar="FOLDER", help="Folder to write; replaced if it is an earlier demo's.")
@click.option("--cases", default=100, show_default=True, type=click.IntRange(1, 10_000), help="How many requests come in.")
@click.option("--seed", default=1, show_default=True, help="Another seed tells another story; the same seed the same one.")
@common
def demo(settings: Settings, out: str, cases: int, seed: int) -> None:
    """Play the whole story with 100 cases.

    Deploys the Indonesian request for public information, runs cases of different fates in virtual time on a SQLite file, verifies the audit
    trail, shows that tampering is caught, redesigns the procedure, replays the cases on it, and writes pictures and a report. All persons are
    invented.
    """
    account = run_demo(out, cases=cases, seed=seed, settings=settings)
    if settings.is_json:
        show_document(account)
    if not account["holds"]:
        raise click.exceptions.Exit(1)


def run_demo(out: str | Path = "demo", *, cases: int = 100, seed: int = 1, settings: Settings | None = None) -> dict[str, object]:
    """Play the demo into a folder and return its figures; `holds` says whether everything that the story promises came true.

    Args:
        out: folder; replaced if an earlier demo wrote it.
        cases: how many requests come in; 13 or more show every fate.
        seed: of the random choices.
        settings: language, and whether the story is told (`is_json`: it is not).

    Raises:
        ConflictError: `out` is somebody else's folder; nothing was touched.
        NotFound: this installation has no shipped procedures.
        StoreError: the folder cannot be written.
    """
    from egov_flow.cli._demo_folder import fresh_folder
    from egov_flow.cli._demo_story import Story  # the story needs every room; --help does not
    from egov_flow.cli._demo_telling import Teller

    with fresh_folder(Path(out)) as folder:
        story = Story(folder=folder, shown=Path(out), teller=Teller(settings or Settings()), seed=seed, cases=cases)
        story.play()
    return story.end()
