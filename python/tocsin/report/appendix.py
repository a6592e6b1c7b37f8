"""What stands at the end of every page: what the score is not, how it is made, and with which settings."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import tocsin
from tocsin import tables
from tocsin.report.markup import items, section

if TYPE_CHECKING:
    from tocsin.events import Events
    from tocsin.scores import Scores

__all__ = ["sections"]

_NOT = (
    "It is not a probability, and no forecast: 40 does not mean a chance of 40 %.",
    "It is not a measure of deaths, of forces or of intentions. It reads what was reported of acts.",
    "It does not say who is right or who began.",
    "It cannot see what its source did not collect. A day without reports is not a day without acts.",
    "Its parts are weighted equally by convention, not by a fit to past wars. Read the parts before the sum.",
    "Its interval is that of counting: how far chance could move it. It knows nothing of what the source gets wrong.",
)
_METHOD = """\
Counts by day, direction and signal go in. Recent days weigh more than old ones: the weight of a day halves every \
{medium:g} days for what is recent, every {slow:g} days for what is usual.
Nine components between 0 and 1 are read from them, each with fixed end points, and each 0 where no hostile act was \
recorded. They form five groups, and a group's points are its weight times the mean of its components.
The score is the sum of the five. A component that could not be computed adds nothing; coverage says how much that is.
The interval comes from {draws:,} draws of every rate and share from what the counts say about it; 90 % of the draws \
lie in it.
No day uses a later day."""


def sections(scores: Scores, events: Events | None) -> str:
    """The last sections, and where the numbers come from."""
    config = scores.config
    method = _METHOD.format(
        medium=config.half_life_medium_days, slow=config.half_life_slow_days, draws=config.draws
    ).split("\n")
    parts = "".join(
        f"<dt>{name.replace('_', ' ')}</dt><dd>{html.escape(meaning)}</dd>"
        for name, meaning in tables.CONTRIBUTIONS.items()
    )
    configuration = (
        f'<details><summary>Configuration</summary><pre tabindex="0">{html.escape(config.to_json())}</pre></details>'
    )
    return section("What the score is not", items(_NOT), name="not") + section(
        "Appendix: method and configuration",
        f'{items(method)}<dl class="parts">{parts}</dl>{configuration}{_sources(scores, events)}',
        name="method",
    )


def _sources(scores: Scores, events: Events | None) -> str:
    first, last = scores.calendar
    source = scores.provenance
    facts = [f"tocsin {tocsin.__version__}", f"{first} to {last}"]
    if events is not None:
        facts.append(f"events of kind {events.source}")
    if source["codebook"]:
        facts.append(f"codebook {source['codebook']} (hash {source['codebook_hash']})")
        facts.append(f"duplicates: {source['duplicates']}")
        facts.append(f"mediation: {source['mediation']}")
    return f'<p class="note">{html.escape(" · ".join(facts))} · <code>docs/method.md</code> has every formula.</p>'
