"""Asking the tenant who it is: kept for five minutes, or until it is asked again."""

from zoneinfo import ZoneInfo

import streamlit as st

from core.bootstrap import Services
from core.charts.numbers import GAP
from core.screens.connection import Probe, probe, seen_words, shared_by_several
from core.ui.marks import permission_cell
from core.ui.tables import Cell

KEPT_SECONDS = 300
MAY_BREAK = "/\u200b"
"""A long path may break after a slash; else its cell scrolls, which no keyboard reaches."""


@st.cache_data(ttl=KEPT_SECONDS, show_spinner="Asking the tenant what is allowed…", max_entries=8)
def _kept(tenant_id: str, seen: str, _services: Services) -> Probe:  # noqa: ARG001 - its key
    return probe(_services.tenant, _services.clock)


def recent_probe(services: Services) -> Probe:
    """Return what the tenant told in the last five minutes, or ask it now.

    It is asked again as soon as a permission was seen to be missing, or to be there.
    """
    with services.unit_of_work() as work:
        seen = work.permissions.seen()
    return _kept(services.settings.tenant_id, repr(seen), services)


def ask_again() -> None:
    """Forget what the tenant told."""
    _kept.clear()


def permission_rows(found: Probe, zone: ZoneInfo) -> list[list[str | Cell]]:
    """Return a row for each permission: name, state, what it is for, what is called with it."""
    shared = shared_by_several(found.permissions)
    return [
        [
            each.name,
            permission_cell(each.state),
            " ".join(
                filter(
                    None,
                    (
                        f"{each.needed_for}.",
                        seen_words(each, zone),
                        "" if (each.state, each.note) in shared else each.note,
                    ),
                )
            ),
            ", ".join(each.operations).replace("/", MAY_BREAK) or GAP,
        ]
        for each in found.permissions
    ]
