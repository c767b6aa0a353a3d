# SPDX-License-Identifier: Apache-2.0
"""`egov-flow worker`: timers, deadlines and jobs, run as they fall due."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from importlib import import_module
from typing import Any

import click

from egov_flow.agency import Handling, Worker
from egov_flow.cli.opening import open_agency
from egov_flow.cli.options import common, example, on_database
from egov_flow.cli.output import show_document, show_text
from egov_flow.cli.settings import Settings
from egov_flow.cli.stopping import stopping

__all__ = ["worker"]


@click.command(epilog=example("worker --handlers office.handlers:HANDLERS --db postgresql+psycopg://egov@db/cases", "worker --once"))
@click.option("--handlers", metavar="MODULE:NAME", help="What service tasks call: a mapping in a module that Python finds from here.")
@click.option("--stores", metavar="MODULE:NAME", help="The data stores of diagrams, by name: a mapping like that of --handlers.")
@click.option("--and-tenant", "tenants", multiple=True, help="Another tenant to work for; may be given several times.")
@click.option("--pause", type=click.FloatRange(min=0.01), default=1.0, show_default=True, help="Seconds to rest when nothing was due.")
@click.option("--health", metavar="HOST:PORT", help="Answer GET /health there: 200 when it is well, 503 when it is not.")
@click.option("--once", is_flag=True, help="Do what is due now, and end.")
@on_database
@common
def worker(
    settings: Settings,
    *,
    handlers: str | None,
    stores: str | None,
    tenants: tuple[str, ...],
    pause: float,
    health: str | None,
    once: bool,
) -> None:
    """Run timers, deadlines and jobs as they fall due.

    Any number of workers may share a database. SIGTERM and Ctrl-C let it finish and report what it has begun; a second one ends it at once, and another
    worker takes over when the lease of its job has run out.
    """
    if once and health:
        raise click.UsageError(settings.say("EF-L056"))
    called, held = _mapping(settings, handlers, "--handlers", _is_handler), _mapping(settings, stores, "--stores", _is_store)
    with open_agency(settings, handlers=called, stores=held, run_jobs="worker") as agency:
        working = Worker([agency, *(agency.of(tenant) for tenant in tenants)], timedelta(seconds=pause))
        if once:
            _tell(settings, working.round(), working)
            return
        with stopping(working.stop), _answering(health, working):
            if not settings.is_json:
                settings.warn("EF-L301")
            working.run()
        _tell(settings, working.health.ran, working)


def _tell(settings: Settings, ran: int, working: Worker) -> None:
    trouble = working.health.trouble
    if settings.is_json:
        show_document({"ran": ran, "trouble": trouble or None})
    else:
        show_text(settings.say("EF-L302", ran=ran) if not trouble else settings.say("EF-L303", trouble=trouble))
    if trouble:
        raise click.exceptions.Exit(1)


def _mapping(settings: Settings, name: str | None, option: str, fits: Callable[[Any], bool]) -> Mapping[str, Any]:
    """Import the mapping that an option names, of names to what fits."""
    if name is None:
        return {}
    module, _, attribute = name.partition(":")
    if not module or not attribute:
        raise click.BadParameter(settings.say("EF-L054", name=name), param_hint=option)
    if "" not in sys.path:
        sys.path.insert(0, "")
    try:
        found: Any = getattr(import_module(module), attribute)
    except Exception as error:  # whatever the module does when it is imported
        raise click.BadParameter(f"{name}: {type(error).__name__}: {error}", param_hint=option) from error
    if not isinstance(found, Mapping) or not all(isinstance(key, str) and fits(value) for key, value in found.items()):
        raise click.BadParameter(settings.say("EF-L055", name=name, option=option), param_hint=option)
    return found


def _is_handler(value: Any) -> bool:
    return callable(value) or isinstance(value, Handling)


def _is_store(value: Any) -> bool:
    return all(callable(getattr(value, verb, None)) for verb in ("read", "write"))


@contextmanager
def _answering(place: str | None, working: Worker) -> Iterator[None]:
    """Answer questions after the worker's health while it works."""
    if place is None:
        yield
        return
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known, health = self.path == "/health", working.health
            well = health.is_well(working.agencies[0].wiring.clock.now())
            told = {"well": well, "ran": health.ran, "last": health.last.isoformat(), "trouble": health.trouble or None}
            body = json.dumps(told if known else {"known": "/health"}).encode()
            self.send_response(404 if not known else 200 if well else 503)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Be quiet: health is asked for every few seconds."""

    host, _, port = place.rpartition(":")
    try:
        server = ThreadingHTTPServer((host or "127.0.0.1", int(port)), Answer)
    except (OSError, ValueError, OverflowError) as error:
        raise click.BadParameter(f"{place}: {error}", param_hint="--health") from error
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
