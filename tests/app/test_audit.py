from dataclasses import replace
from datetime import timedelta

import pytest

from core.store.memory import MemoryStore
from core.workflow.proposal import Proposal
from tests.support.desk import PLANNER, SUPERVISOR, Desk
from tests.support.pages import open_page, title, words
from tests.unit.workflow.builders import pacing_plan


@pytest.fixture
def decided(desk: Desk) -> Proposal:
    """Give a proposal that one person made and another rejected."""
    services = desk.services
    proposal = services.submit.submit(pacing_plan(), PLANNER, "Evenings answer well.")
    desk.clock.move(timedelta(minutes=10))
    return services.review.reject(proposal.proposal_id, SUPERVISOR, "Not before the holiday.")


def test_an_empty_audit_says_what_its_first_entry_will_be(desk: Desk, anybody: str) -> None:
    app = open_page(desk, "audit", anybody)
    assert not app.exception
    assert title(app) == "Nothing was proposed, decided or pushed yet"
    assert "Its first entry comes with the first proposal" in words(app)


def test_every_role_reads_who_did_what_and_why_the_newest_first(
    desk: Desk, decided: Proposal, anybody: str
) -> None:
    app = open_page(desk, "audit", anybody)
    rows = app.dataframe[0].value
    assert title(app) == (
        "2 entries, chain unbroken; the tenant was not changed in the last 7 days"
    )
    assert rows["step"].tolist() == ["proposal.rejected", "proposal.submitted"]
    assert rows["who"].tolist() == [SUPERVISOR, PLANNER]
    assert rows["reason"].tolist() == ["Not before the holiday.", "Evenings answer well."]
    assert set(rows["proposal"]) == {decided.proposal_id}


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ({"find": "holiday"}, 1),
        ({"who": PLANNER}, 1),
        ({"step": "proposal.rejected"}, 1),
        ({"find": "winback"}, 2),
        ({"find": "no such thing"}, 0),
    ],
)
def test_a_filter_lives_in_the_address(
    desk: Desk, decided: Proposal, address: dict[str, str], found: int
) -> None:
    app = open_page(desk, "audit", **address)
    assert not app.exception
    assert f"{found} of 2 entries fit" in words(app)


def test_checking_the_chain_says_that_all_stand_as_written(desk: Desk, decided: Proposal) -> None:
    app = open_page(desk, "audit")
    app.button(key="check").click().run()
    assert "Checked just now: all 2 entries stand as they were written." in words(app)


def test_a_broken_chain_is_told_first_with_what_to_do(desk: Desk, decided: Proposal) -> None:
    store = desk.services.unit_of_work
    assert isinstance(store, MemoryStore)
    entries = store._shared.state.entries
    entries[0] = replace(entries[0], event=replace(entries[0].event, reason="Another reason."))
    app = open_page(desk, "audit")
    assert title(app) == "The audit is broken: entry 1 of 2 is not what was written"
    assert "Export the audit now" in words(app)


def test_the_export_is_offered_to_everybody(desk: Desk, anybody: str) -> None:
    app = open_page(desk, "audit", anybody)
    assert [button.label for button in app.get("download_button")] == ["Export"]
