"""Outcomes to errors, in an operator's words."""

import pytest

from core.errors import (
    AuthenticationFailed,
    OutcomeUnknown,
    PayloadRejected,
    PermissionMissing,
    RateLimited,
    StaleRevision,
    TenantBroken,
    TenantError,
    TenantRecordMissing,
    TenantRefused,
    TenantUnreachable,
    UnexpectedPayload,
)
from core.tenants.refusals import is_outcome_unknown, lost_write, refusal, rejected_write
from core.tenants.retry import Settled
from core.tenants.wire import Answer, Call, Lost, Stage

CALL = Call("PUT", "/c/17", "update the campaign", "campaign 17", "campaign:write", 15.0)
SCOPES = ("history:read", "campaign:write")


def error(outcome: Answer | Lost, tries: int = 1) -> TenantError:
    return refusal(CALL, Settled(outcome, tries), SCOPES)


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [
        (Lost("cut", Stage.CALL, was_sent=False), TenantUnreachable),
        (Answer(401, {}), AuthenticationFailed),
        (Answer(403, {}), PermissionMissing),
        (Answer(404, {}), TenantRecordMissing),
        (Answer(409, {}), StaleRevision),
        (Answer(412, {}), StaleRevision),
        (Answer(400, {}), PayloadRejected),
        (Answer(422, {}), PayloadRejected),
        (Answer(405, {}), TenantRefused),
        (Answer(429, {}), RateLimited),
        (Answer(500, {}), TenantBroken),
        (Answer(501, {}), TenantBroken),
        (Answer(302), UnexpectedPayload),
        (Answer(200), UnexpectedPayload),
        (Answer(400, {}, stage=Stage.TOKEN), AuthenticationFailed),
        (Answer(401, {}, stage=Stage.TOKEN), AuthenticationFailed),
        (Answer(404, {}, stage=Stage.TOKEN), TenantRecordMissing),
        (Answer(503, {}, stage=Stage.TOKEN), TenantBroken),
        (Answer(429, {}, stage=Stage.TOKEN), RateLimited),
        (Answer(200, stage=Stage.TOKEN), UnexpectedPayload),
    ],
)
def test_each_outcome_has_its_error_with_a_next_step(
    outcome: Answer | Lost, kind: type[TenantError]
) -> None:
    found = error(outcome)

    assert type(found) is kind
    assert found.next_step


def test_a_401_names_the_scopes_that_were_asked_for() -> None:
    assert "history:read, campaign:write" in str(error(Answer(401, {})))
    assert "history:read, campaign:write" in str(error(Answer(401, {}, stage=Stage.TOKEN)))


def test_a_403_names_the_permission_and_the_campaign() -> None:
    found = error(Answer(403, {"message": "No."}))

    assert isinstance(found, PermissionMissing)
    assert found.permission == "campaign:write"
    assert "campaign:write" in str(found)
    assert "campaign 17" in str(found)
    assert '"No."' in str(found)


def test_a_404_names_what_is_not_there() -> None:
    assert "campaign 17" in str(error(Answer(404, {})))


def test_a_rate_limit_tells_tries_and_the_wait_that_is_asked_for() -> None:
    found = error(Answer(429, {}, retry_after_seconds=3600.0), tries=4)

    assert isinstance(found, RateLimited)
    assert found.retry_after_seconds == 3600.0
    assert "after 4 tries" in str(found)
    assert "3600 s" in str(found)


@pytest.mark.parametrize(
    "outcome",
    [
        Lost("cut", Stage.CALL, was_sent=True),
        Answer(500),
        Answer(503, {}),
        Answer(200),
        Answer(302),
        Answer(408),
    ],
)
def test_the_outcome_of_a_write_is_unknown_wherever_it_may_have_been_applied(
    outcome: Answer | Lost,
) -> None:
    assert is_outcome_unknown(outcome)
    assert isinstance(lost_write(CALL, outcome), OutcomeUnknown)
    assert "campaign 17" in str(lost_write(CALL, outcome))


@pytest.mark.parametrize(
    "outcome",
    [
        Answer(200, {}),
        Answer(400, {}),
        Answer(401, {}),
        Answer(403, {}),
        Answer(404, {}),
        Answer(409, {}),
        Answer(429, {}),
        Lost("refused", Stage.CALL, was_sent=False),
        Lost("cut", Stage.TOKEN, was_sent=False),
        Answer(500, {}, stage=Stage.TOKEN),
    ],
)
def test_the_outcome_of_a_write_is_known_where_the_tenant_answered_or_never_heard(
    outcome: Answer | Lost,
) -> None:
    assert not is_outcome_unknown(outcome)


def test_a_rejected_write_tells_message_fields_read_only_fields_and_bounds() -> None:
    found = rejected_write(
        CALL,
        Answer(400, {"message": "out of range"}),
        {"predictive.dropRate": 0.5},
        "Read-only: id. Rates lie between 0 and 1.",
    )

    assert found.fields == {"predictive.dropRate": 0.5}
    for part in ("out of range", "predictive.dropRate = 0.5", "Read-only: id", "between 0 and 1"):
        assert part in str(found)
    assert "Nothing was changed" in str(found)
