# SPDX-License-Identifier: Apache-2.0
"""Looking at an expression before it runs: names, types and branches that cannot be right whatever a case holds."""

from __future__ import annotations

from collections.abc import Mapping

from egov_flow.data import EMPTY
from egov_flow.errors import Finding, Place
from egov_flow.feel._cursor import spellings
from egov_flow.feel._failures import START
from egov_flow.feel._inference import Inference
from egov_flow.feel._nodes import Node
from egov_flow.feel._parser import Parser
from egov_flow.feel._remarks import Remark
from egov_flow.feel.domains import Domain
from egov_flow.feel.limits import DEFAULT_LIMITS

__all__ = ["analyse", "infer"]


def analyse(
    text: str, domains: Mapping[str, Domain] = EMPTY, *, wanted: str = "", names_known: bool = False, file: str = ""
) -> tuple[Finding, ...]:
    """Return what is wrong with an expression whatever a case holds, as warnings at line and column of the text.

    Only what is certain is told: a name outside of `domains` (EF-F101, if `names_known`), comparisons, arithmetic, arguments and paths whose types
    give null always (EF-F102, EF-F103, EF-F104, EF-F106), a condition that is none (EF-F105), a constant that a variable never has (EF-F107), a
    condition that never or always holds (EF-F108, EF-F109).

    Args:
        domains: what is known of the variables.
        wanted: type that the expression must give, `boolean` for a condition; "" for any.
        names_known: there are no variables but `domains`.
        file: as findings shall show it.

    Raises:
        FeelError: it does not parse.
    """
    node = _read(text, domains)
    looking = Inference(domains, is_complete=names_known, decides=True)
    found = looking.domain(node, EMPTY).type.name
    if wanted and found not in ("Any", "Null", wanted):
        looking.remark("EF-F105", START, what=wanted, kind=found)
    elif wanted == "boolean":
        looking.decide(node, EMPTY)
    return tuple(_finding(remark, file) for remark in sorted(looking.remarks, key=lambda remark: remark.at))


def infer(text: str, domains: Mapping[str, Domain] = EMPTY) -> Domain:
    """Return what an expression can give; raises FeelError if it does not parse."""
    return Inference(domains).domain(_read(text, domains), EMPTY)


def _read(text: str, domains: Mapping[str, Domain]) -> Node:
    return Parser(text, [spellings(sorted(domains))], DEFAULT_LIMITS.depth).whole()


def _finding(remark: Remark, file: str) -> Finding:
    line, column = remark.at
    arguments = {**remark.arguments, "at": f"{line}:{column}"}
    return Finding(code=remark.code, severity="warning", place=Place(file, line, column), arguments=arguments)
