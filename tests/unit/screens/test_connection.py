"""The connection page: whether the tenant answers, what it allows, what is in force."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.campaigns import Organisation, RequestBudget
from core.clock import FrozenClock
from core.errors import AuthenticationFailed, TenantError, TenantUnreachable
from core.permissions import Permission, PermissionState
from core.screens import connection
from core.screens.connection import ConnectionView, Probe
from core.settings import Settings
from core.tenants.memory import MemoryTenant
from tests.support.desk import BERLIN, CAMPAIGNS, NOW, empty_desk, settings_for

HELD, MISSING, UNKNOWN = (
    PermissionState.HELD,
    PermissionState.MISSING,
    PermissionState.UNKNOWN,
)
NAMED = Organisation("Northwind Care", "org-1", "https://api.example.com")


class TroubledTenant(MemoryTenant):
    """A tenant in memory that answers who it is, or what it allows, with an error."""

    of_organisation: TenantError | None = None
    of_permissions: TenantError | None = None

    def organisation(self) -> Organisation:
        if self.of_organisation is not None:
            raise self.of_organisation
        return super().organisation()

    def permissions(self) -> tuple[Permission, ...]:
        if self.of_permissions is not None:
            raise self.of_permissions
        return super().permissions()


@pytest.fixture
def tenant() -> TroubledTenant:
    return TroubledTenant(FrozenClock(NOW), CAMPAIGNS)


def told(*permissions: Permission, organisation: Organisation | None = NAMED) -> Probe:
    return Probe(NOW, organisation, permissions)


def shown(found: Probe, settings: Settings | None = None) -> ConnectionView:
    return connection.view(empty_desk(settings=settings).services, found)


READS = Permission("analytics:read", "history", HELD)
WRITES = Permission("campaign:edit", "pushing a change", HELD)


# --- asking ---------------------------------------------------------------------------------


def test_the_tenant_is_asked_who_it_is_and_what_it_allows(tenant: TroubledTenant) -> None:
    clock = FrozenClock(NOW + timedelta(minutes=5))
    found = connection.probe(tenant, clock)
    assert found.organisation == tenant.organisation()
    assert found.permissions == tenant.permissions()
    assert (found.checked_at, found.trouble) == (NOW + timedelta(minutes=5), "")


@pytest.mark.parametrize("question", ["of_organisation", "of_permissions"])
@pytest.mark.parametrize(
    "error",
    [
        TenantUnreachable("The tenant could not be reached.", "Check the address."),
        AuthenticationFailed("The tenant refuses the credentials.", "Check them.", status=401),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_tenant_in_trouble_is_an_answer_too(
    tenant: TroubledTenant, question: str, error: TenantError
) -> None:
    setattr(tenant, question, error)
    found = connection.probe(tenant, FrozenClock(NOW))
    assert found == Probe(NOW, None, (), str(error))


# --- the headline ---------------------------------------------------------------------------


def test_a_tenant_that_allows_everything_is_told_by_its_name() -> None:
    assert shown(told(READS, WRITES)).headline == (
        "Northwind Care answers, and every permission that is needed is held"
    )


def test_a_tenant_without_a_name_is_told_by_its_address() -> None:
    nameless = Organisation(None, None, "https://api.example.com")
    view = shown(told(READS, organisation=nameless))
    assert view.headline.startswith("https://api.example.com answers")
    assert dict(view.facts)["Organisation"] == "not told by the tenant"


def test_what_stops_without_a_missing_permission_is_the_headline() -> None:
    view = shown(
        told(
            replace(READS, state=MISSING),
            replace(WRITES, state=MISSING),
            Permission("x", "other", UNKNOWN),
        )
    )
    assert view.headline == (
        "Northwind Care answers, but a permission is missing for: history; pushing a change"
    )
    assert view.permissions_title == "Permissions: 0 of 3 held"


def test_what_could_not_be_tried_is_neither_held_nor_missing() -> None:
    view = shown(told(READS, replace(WRITES, state=UNKNOWN)))
    assert view.headline == (
        "Northwind Care answers; nothing is known to be missing, 1 could not be tried"
    )
    assert view.permissions_title == "Permissions: 1 of 2 held"


def test_a_tenant_that_does_not_answer_leaves_what_is_stored_in_use() -> None:
    view = shown(Probe(NOW, None, (), "No answer. Check the network."))
    assert view.headline.startswith("The tenant does not answer as it should; stored forecasts")
    assert view.trouble == "No answer. Check the network."
    assert view.permissions == ()


# --- what is in force -----------------------------------------------------------------------


def test_the_page_says_where_and_when_it_asked_and_that_no_write_is_tried() -> None:
    provenance = shown(told(READS)).provenance
    assert provenance.startswith("http://127.0.0.1:9 · checked ")
    assert "11:20" in provenance
    assert "a write is never tried" in provenance


def test_the_rules_in_force_are_told_in_words() -> None:
    facts = dict(shown(told(READS)).facts)
    assert facts["Tenant"] == "tutorial, http://127.0.0.1:9"
    assert facts["Zone"] == "Europe/Berlin"
    assert facts["Four eyes"] == "nobody approves what they proposed"
    assert facts["Abandon limit of proposals"].replace("\u202f", " ") == "3.0 %"
    assert facts["Roles"] == "4 people"


def test_four_eyes_switched_off_and_no_roles_are_told() -> None:
    facts = dict(shown(told(READS), settings_for({}, DIALCAST_FOUR_EYES="0")).facts)
    assert (facts["Four eyes"], facts["Roles"]) == ("off", "none set up")


def test_every_setting_is_listed_with_its_origin_and_no_secret() -> None:
    settings = settings_for(
        GENESYS_CLIENT_SECRET="s3cr3t-w0rd",
        DIALCAST_DATABASE_URL="postgresql://desk:hush-hush@db/dialcast",
    )
    view = shown(told(READS), settings)
    assert [name for name, _, _ in view.settings] == [line.name for line in settings.lines]
    assert ("GENESYS_CLIENT_SECRET", "••••••••", "environment") in view.settings
    assert "s3cr3t-w0rd" not in repr(view)
    assert "hush-hush" not in repr(view)


# --- what asking costs ----------------------------------------------------------------------


def test_a_budget_is_told_with_its_ceiling_and_the_tenants_own_count() -> None:
    found = replace(
        told(READS),
        budget=RequestBudget(41, 7, 270, used=9, allowed=300, resets_at=NOW + timedelta(minutes=1)),
    )
    facts = dict(shown(found).facts)
    assert facts["Requests in the last minute"] == "7, never over 270"
    assert facts["Requests since the start"] == "41"
    assert facts["Requests as the tenant counts"].startswith("9 of 300, until ")


def test_a_count_that_the_tenant_did_not_tell_is_not_made_up() -> None:
    facts = dict(shown(replace(told(READS), budget=RequestBudget(0, 0, 270))).facts)
    assert facts["Requests as the tenant counts"] == "not told by the tenant yet"


def test_a_tenant_without_a_limit_has_no_budget_to_show() -> None:
    assert not [name for name, _ in shown(told(READS)).facts if name.startswith("Requests")]


# --- what is said once ----------------------------------------------------------------------


def test_what_several_permissions_have_in_common_is_said_once() -> None:
    unknown = [
        Permission(f"outbound:{name}", name, UNKNOWN, "A write is never tried.")
        for name in ("edit", "add")
    ]
    alone = Permission("wfm:intraday:view", "agents ahead", UNKNOWN, "No business unit.")
    view = shown(told(READS, *unknown, alone))
    assert view.notes == ("Unknown: A write is never tried.",)


def test_a_note_is_shared_by_permissions_of_one_state_alone() -> None:
    missing = [
        Permission(f"outbound:{name}", name, MISSING, "Ask for it.") for name in ("edit", "add")
    ]
    unknown = Permission("outbound:delete", "delete", UNKNOWN, "Ask for it.")
    assert shown(told(*missing, unknown)).notes == ("Missing: Ask for it.",)


@pytest.mark.parametrize(
    ("state", "words"),
    [(MISSING, "Refused on Wed 25 Nov, 11:20."), (HELD, "Used on Wed 25 Nov, 11:20.")],
)
def test_what_rests_on_a_former_answer_is_dated(state: PermissionState, words: str) -> None:
    seen = Permission("outbound:campaign:edit", "pushing", state, seen_at=NOW)
    assert connection.seen_words(seen, BERLIN) == words
    assert connection.seen_words(READS, BERLIN) == ""
