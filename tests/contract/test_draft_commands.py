"""Campaigns of the platform from the command line: a draft in two proposals, and what runs now."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.command_line import Tenant, Terminal, running_tenant


@pytest.fixture
def tenant(tmp_path: Path) -> Iterator[Tenant]:
    with running_tenant(tmp_path) as running:
        yield running


def test_a_draft_is_copied_and_its_schedule_offered_and_offered_again(
    tenant: Tenant, tmp_path: Path
) -> None:
    desk = Terminal(tmp_path, tenant.settings() | {"DIALCAST_TENANT": "genesys"})
    queue = desk.document("queues")["queues"][0]["id"]
    template = desk.document("campaigns")["campaigns"][0]["id"]
    ana = ("--as", "Ana", "--reason", "quiet hours")

    nameless = desk.run("propose", "campaign", "--queue", queue, *ana)
    assert nameless.returncode == 2
    assert "--template CAMPAIGN" in nameless.stderr

    draft = desk.document("propose", "campaign", "--queue", queue, "--template", template, *ana)
    assert draft["payload"]["campaignStatus"] == "off"
    early = desk.run("propose", "schedule", "--proposal", draft["id"], *ana)
    assert early.returncode == 1
    desk.document("proposals", "approve", draft["id"], "--as", "Mara")
    pushed = desk.document("proposals", "push", draft["id"], "--as", "Mara")
    assert pushed["state"] == "verified"

    waiting = desk.document("proposals", "show", "P-1002")
    assert (waiting["kind"], waiting["state"]) == ("schedule", "submitted")
    assert (waiting["follows"], waiting["author"]) == (draft["id"], "Ana")
    assert "arms the dialler" in [check["name"] for check in waiting["checks"]]
    desk.document("proposals", "reject", "P-1002", "--as", "Mara", "--reason", "not these")

    again = desk.document("propose", "schedule", "--proposal", draft["id"], *ana)
    assert again["diff"][0]["proposed"] == waiting["diff"][0]["proposed"]
    told = desk.run("proposals", "show", again["id"]).stdout
    assert f"schedules  {draft['id']}" in told
    assert "window  " in told
    assert tenant.writes() == 1


def test_campaigns_are_listed_with_what_their_diallers_do_now(
    tenant: Tenant, tmp_path: Path
) -> None:
    desk = Terminal(tmp_path, tenant.settings() | {"DIALCAST_TENANT": "genesys"})
    listed = desk.document("campaigns", "--live")["campaigns"]
    running = {each["id"]: each["live"] for each in listed if each["live"]}
    assert running
    for live in running.values():
        assert live["idleAgents"] >= 0
        assert live["callsPerAgent"] is None or live["callsPerAgent"] >= 0
    told = desk.run("campaigns", "--live").stdout
    assert "idle agents" in told
    assert all("live" not in each for each in desk.document("campaigns")["campaigns"])
