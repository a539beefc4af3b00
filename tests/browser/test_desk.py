"""The desk in a browser: journeys of two supervisors, and every page drawn, legible, accessible.

One file, so that all of it shares one demo and leaves no browser running beside other tests.
"""

import json
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.demo import DESK, PHONE, Demo, OpenPage, settle

JONAS, MARA = "Jonas Reiter", "Mara Oduya"
PAGES = (
    "/",
    "/answer-rate",
    "/queue-volume",
    "/accuracy",
    "/pacing",
    "/drafts",
    "/review",
    "/calendar",
    "/audit",
    "/connection",
)
CHARTED = {"/", "/answer-rate", "/queue-volume", "/pacing", "/drafts"}


def test_a_pacing_change_travels_from_proposal_to_a_verified_push(
    forecast_demo: Demo, open_page: OpenPage
) -> None:
    campaign = _campaign(forecast_demo, "Loyalty calls")
    before = forecast_demo.writes()

    proposal_id = _propose(
        open_page(f"/pacing?campaign={campaign['id']}", person=JONAS),
        "Propose this plan",
        "Fewer idle agents this afternoon",
    )

    own = open_page(f"/review?proposal={proposal_id}", person=JONAS)
    expect(own.get_by_text("another person decides")).to_be_visible()
    expect(own.get_by_role("button", name="Approve and push")).to_have_count(0)
    assert forecast_demo.writes() == before

    others = open_page(f"/review?proposal={proposal_id}", person=MARA)
    _approve_and_push(others, "Agreed in the shift meeting")

    assert forecast_demo.writes() == before + 1
    document = json.loads(forecast_demo.dialcast("proposals", "show", proposal_id, "--json"))
    assert document["state"] == "verified"
    steps = [entry["step"] for entry in document["history"]]
    assert steps[0] == "proposal.submitted"
    assert steps[-1] == "push.verified"

    audit = open_page(f"/audit?find={proposal_id}", person=JONAS)
    expect(audit.get_by_role("heading", level=1)).to_contain_text("chain unbroken")


def test_a_pushed_change_is_undone_by_a_proposal_with_the_old_values(
    forecast_demo: Demo, open_page: OpenPage
) -> None:
    campaign = _campaign(forecast_demo, "Payment reminders")
    proposal_id = _propose(
        open_page(f"/pacing?campaign={campaign['id']}", person=JONAS),
        "Propose this plan",
        "Try it for a day",
    )
    page = open_page(f"/review?proposal={proposal_id}", person=MARA)
    _approve_and_push(page, "Tried")

    page.get_by_role("button", name=re.compile("^Undo")).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("Only for a day")
    dialog.get_by_role("button", name="Send for review").click()
    expect(dialog).to_have_count(0)

    proposals = json.loads(forecast_demo.dialcast("proposals", "--json"))["proposals"]
    undoing = [
        each
        for each in proposals
        if each["state"] == "submitted" and each["reason"] == "Only for a day"
    ]
    assert len(undoing) == 1


def test_a_campaign_draft_travels_the_same_way(forecast_demo: Demo, open_page: OpenPage) -> None:
    queue = _queue(forecast_demo, "Billing")
    template = _campaign(forecast_demo, "Spring renewals")
    before = forecast_demo.writes()
    campaigns = len(json.loads(forecast_demo.dialcast("campaigns", "--json"))["campaigns"])

    proposal_id = _propose(
        open_page(f"/drafts?queue={queue['id']}&template={template['id']}", person=JONAS),
        "Propose this draft",
        "Room in quiet hours",
    )
    _approve_and_push(open_page(f"/review?proposal={proposal_id}", person=MARA), "Yes")

    assert forecast_demo.writes() == before + 1
    after = json.loads(forecast_demo.dialcast("campaigns", "--json"))["campaigns"]
    assert len(after) == campaigns + 1
    assert [each["status"] for each in after if each["name"].startswith("Forecast-Driven")] == [
        "off"
    ]
    proposals = json.loads(forecast_demo.dialcast("proposals", "--json"))["proposals"]
    schedules = [each for each in proposals if each["kind"] == "schedule"]
    assert [(each["state"], each["author"]) for each in schedules] == [("submitted", JONAS)]


def test_rejecting_needs_a_reason_and_says_so_at_the_field(
    forecast_demo: Demo, open_page: OpenPage
) -> None:
    campaign = _campaign(forecast_demo, "Winback Autumn")
    proposal_id = _propose(
        open_page(f"/pacing?campaign={campaign['id']}", person=JONAS), "Propose this plan", "Maybe"
    )
    page = open_page(f"/review?proposal={proposal_id}", person=MARA)
    page.get_by_role("button", name="Reject").click()
    expect(page.get_by_text("Say why, in a sentence")).to_be_visible()

    page.get_by_label(re.compile("^Reason")).fill("Not today")
    page.get_by_role("button", name="Reject").click()
    expect(page.get_by_text(f"{proposal_id} is rejected")).to_be_visible()


def test_a_campaign_changed_meanwhile_is_shown_as_stale_and_nothing_is_sent(
    forecast_demo: Demo, open_page: OpenPage
) -> None:
    campaign = _campaign(forecast_demo, "Upgrade offers")
    # At night nothing of it would change: no increase without live answers of the day.
    forecast_demo.change_as_somebody_else(campaign["id"], {"abandonRate": 2.0})
    proposal_id = _propose(
        open_page(f"/pacing?campaign={campaign['id']}", person=JONAS), "Propose this plan", "Go"
    )
    before = forecast_demo.writes()
    forecast_demo.change_as_somebody_else(campaign["id"], {"abandonRate": 1.1})

    page = open_page(f"/review?proposal={proposal_id}", person=MARA)
    _begin_approval(page, "Yes")

    expect(page.get_by_text("1.1").first).to_be_visible(timeout=30_000)
    expect(page.get_by_role("button", name=re.compile("^Propose again"))).to_be_visible()
    assert forecast_demo.writes() == before
    document = json.loads(forecast_demo.dialcast("proposals", "show", proposal_id, "--json"))
    assert document["state"] == "stale"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/queue-volume?queue={queue}", ("forecast", "volume", "--queue")),
        ("/answer-rate?campaign={campaign}", ("forecast", "answer-rate", "--campaign")),
    ],
)
def test_the_page_downloads_the_json_that_the_command_line_gives(
    forecast_demo: Demo,
    open_page: OpenPage,
    tmp_path: Path,
    path: str,
    words: tuple[str, ...],
) -> None:
    queue = _queue(forecast_demo, "Billing")["id"]
    campaign = _campaign(forecast_demo, "Winback Autumn")["id"]
    series = queue if "--queue" in words else campaign
    told = json.loads(forecast_demo.dialcast(*words, series, "--json"))

    page = open_page(path.format(queue=queue, campaign=campaign), person=JONAS)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download JSON").click()
    file = tmp_path / "forecast.json"
    download.value.save_as(file)

    assert json.loads(file.read_text()) == told


def test_a_reload_shows_the_same_selection(forecast_demo: Demo, open_page: OpenPage) -> None:
    queue = _queue(forecast_demo, "Claims North")["id"]
    page = open_page(f"/queue-volume?queue={queue}", person=MARA)
    page.get_by_text("28 days", exact=True).click()
    page.wait_for_url(re.compile("days=28"))
    settle(page)
    headline = page.get_by_role("heading", level=1).inner_text()
    assert headline.startswith("Claims North")

    page.reload()
    settle(page)

    assert page.get_by_role("heading", level=1).inner_text() == headline
    assert "days=28" in page.url
    assert "person=Mara" in page.url


def test_an_id_that_does_not_exist_is_told_in_a_sentence(
    forecast_demo: Demo, open_page: OpenPage
) -> None:
    page = open_page("/queue-volume?queue=no-such-queue", person=JONAS)
    expect(page.get_by_text("There is no queue “no-such-queue” here")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_no_violation(
    forecast_demo: Demo, open_page: OpenPage, path: str, theme: str
) -> None:
    page = open_page(path, theme=theme, person="Jonas Reiter")
    _wait_for_charts(page, path)
    assert _violations(page) == []


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["1440", "390"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_its_answer_and_nothing_sticks_out(
    forecast_demo: Demo, open_page: OpenPage, path: str, size: tuple[int, int]
) -> None:
    page = open_page(path, size=size, person="Jonas Reiter")
    _wait_for_charts(page, path)
    headline = page.get_by_role("heading", level=1).inner_text()
    assert len(headline.split()) >= 4
    assert page.get_by_text("Traceback").count() == 0
    width = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert width <= size[0]
    legible = page.evaluate(
        "[...document.querySelectorAll('.js-plotly-plot')]"
        ".every(chart => !/NaN|undefined/.test(chart.textContent))"
    )
    assert legible


def test_a_deep_link_as_the_very_first_request_has_navigation_and_page(
    demo: Demo, open_page: OpenPage
) -> None:
    page = open_page("/connection")
    assert page.get_by_role("link", name="Overview").count() >= 1
    assert "Lindgren Home Services" in page.get_by_role("heading", level=1).inner_text()


def _propose(page: Page, label: str, reason: str) -> str:
    """Propose from a page; return the proposal's id as the page tells it."""
    page.get_by_role("button", name=label).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill(reason)
    dialog.get_by_role("button", name="Send for review").click()
    expect(dialog).to_have_count(0)
    link = page.get_by_role("link", name=re.compile(r"Open P-\d+ in Review"))
    link.wait_for()
    found = re.search(r"P-\d+", link.inner_text())
    assert found
    return found[0]


def _begin_approval(page: Page, reason: str) -> None:
    page.get_by_label(re.compile("^Reason")).fill(reason)
    page.get_by_role("button", name="Approve and push").click()
    confirm = page.get_by_role("dialog").get_by_role("button", name="Approve and push")
    outcome = page.get_by_text(re.compile(r"^P-\d+ is approved"))
    expect(confirm.or_(outcome).first).to_be_visible()
    if confirm.is_visible():
        confirm.click()


def _approve_and_push(page: Page, reason: str) -> None:
    _begin_approval(page, reason)
    expect(page.get_by_role("button", name=re.compile("^Verify again"))).to_be_visible(
        timeout=30_000
    )


def _campaign(demo: Demo, name: str) -> dict[str, str]:
    return _named(json.loads(demo.dialcast("campaigns", "--json"))["campaigns"], name)


def _queue(demo: Demo, name: str) -> dict[str, str]:
    return _named(json.loads(demo.dialcast("queues", "--json"))["queues"], name)


def _named(listed: list[dict[str, str]], name: str) -> dict[str, str]:
    return next(each for each in listed if each["name"] == name)


def _violations(page: Page) -> list[tuple[str, str]]:
    """What axe finds, and finds again: what fades while a part is drawn anew is looked at twice."""
    found = []
    for _ in range(3):
        settle(page)
        found = Axe().run(page).response["violations"]
        if not found:
            break
    return [(each["id"], each["nodes"][0]["html"][:200]) for each in found]


def _wait_for_charts(page: Page, path: str) -> None:
    if path in CHARTED:
        page.locator(".js-plotly-plot .main-svg").first.wait_for()
