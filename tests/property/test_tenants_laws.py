"""Laws of the wire code: nothing is lost on the way back, and no reading goes on for ever."""

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from core.documents import ABSENT, canonical_text
from core.errors import UnexpectedPayload
from core.tenants.campaigns import campaigns_in, snapshot_of
from core.tenants.paging import Page, all_entities
from core.tenants.retry import (
    QUEUE_DETAILS,
    USUAL,
    Deadline,
    read_trouble,
    settle,
    write_trouble,
)
from core.tenants.tutorial_records import (
    capacity_hours,
    rate_records,
    volume_records,
)
from core.tenants.tutorial_updates import READ_ONLY, fields_of, update_body
from core.tenants.values import interval_start
from core.tenants.wire import Answer, Lost, Outcome, Stage, read_json, retry_after, write_json

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)

numbers = st.integers(-(2**70), 2**70) | st.floats(allow_nan=False, allow_infinity=False)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=12,
)
documents = st.dictionaries(texts | st.sampled_from([*READ_ONLY, "version"]), values, max_size=8)
payload_keys = texts.filter(lambda key: key and not key.endswith("Rate") and "." not in key)
payloads = st.dictionaries(
    payload_keys,
    st.none() | numbers | texts | st.dictionaries(payload_keys, numbers | texts, max_size=3),
    max_size=4,
)
seconds_since_1970 = st.integers(366 * 86_400, 228 * 365 * 86_400)
moments = seconds_since_1970.map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@settings(deadline=None)
@given(documents)
def test_a_document_that_was_read_goes_back_as_it_came(document: dict[str, Any]) -> None:
    body = json.dumps(document).encode()

    read = read_json(body)

    assert read == document
    assert read_json(write_json(read)) == read
    assert canonical_text(read_json(write_json(read))) == canonical_text(document)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_a_sendable_document_or_unreadable(body: bytes) -> None:
    content = read_json(body)

    if content is not ABSENT:
        assert read_json(canonical_text(content).encode()) == content


@settings(deadline=None)
@given(documents)
def test_leaving_out_read_only_fields_loses_no_other(document: dict[str, Any]) -> None:
    body = update_body(document, {})

    assert body == {key: value for key, value in document.items() if key not in READ_ONLY}


@settings(deadline=None)
@given(documents, payloads)
def test_an_update_holds_the_payload_and_all_else_as_it_was(
    document: dict[str, Any], payload: dict[str, Any]
) -> None:
    body = update_body(document, payload)

    for key in {*document, *payload} - {*READ_ONLY}:
        if key not in payload:
            assert body[key] == document[key]
        elif isinstance(payload[key], dict):
            old = document.get(key)
            assert body[key] == ({**old, **payload[key]} if isinstance(old, dict) else payload[key])
        else:
            assert body[key] == payload[key]


@settings(deadline=None)
@given(documents, payloads)
def test_the_same_update_twice_is_the_same_as_once(
    document: dict[str, Any], payload: dict[str, Any]
) -> None:
    once = update_body(document, payload)

    assert update_body(once, payload) == once


@settings(deadline=None)
@given(payloads)
def test_no_field_of_a_payload_goes_untold(payload: dict[str, Any]) -> None:
    told = fields_of(payload)

    leaves = sum(len(value) or 1 if isinstance(value, dict) else 1 for value in payload.values())
    assert len(told) == leaves


@settings(deadline=None)
@given(moments, offsets)
def test_an_interval_is_read_as_it_was_written_whatever_its_offset(
    moment: datetime, offset: timezone
) -> None:
    assert interval_start(moment.astimezone(offset).isoformat()) == moment
    assert interval_start(f"{moment.isoformat()}/PT1H") == moment
    assert interval_start(moment.replace(tzinfo=None).isoformat()) == moment


@settings(deadline=None)
@given(st.lists(st.tuples(moments, st.integers(0, 10**6), st.integers(0, 10**6))))
def test_counts_are_read_as_they_were_written(rows: list[tuple[datetime, int, int]]) -> None:
    rates = rate_records(
        [
            {"interval": ds.isoformat(), "offered": offered + answered, "answered": answered}
            for ds, offered, answered in rows
        ],
        "It",
    )
    volumes = volume_records(
        [{"intervalFrom": ds.isoformat(), "contactCount": count} for ds, count, _ in rows], "It"
    )

    assert rates["answered"].tolist() == [answered for _, _, answered in rows]
    assert volumes["y"].tolist() == [count for _, count, _ in rows]
    assert [each.to_pydatetime() for each in rates["ds"]] == [ds for ds, _, _ in rows]


@settings(deadline=None)
@given(st.lists(documents, max_size=4))
def test_rubbish_is_refused_and_never_a_traceback(rubbish: list[dict[str, Any]]) -> None:
    for read in (rate_records, volume_records, capacity_hours, campaigns_in):
        with suppress(UnexpectedPayload):
            read(rubbish, "It")


record_values = st.none() | st.booleans() | numbers | texts | st.just("2026-11-23T09:00:00Z")


@settings(deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional=dict.fromkeys(
                ["interval", "intervalFrom", "offered", "answered", "answerRate", "contactCount"],
                record_values,
            )
            | {"capacity": record_values},
        ),
        max_size=3,
    )
)
def test_half_right_records_are_read_or_refused(records: list[dict[str, Any]]) -> None:
    for read in (rate_records, volume_records, capacity_hours):
        try:
            frame = read(records, "It")
        except UnexpectedPayload:
            continue
        counts = frame.drop(columns="ds")
        assert (counts >= 0).all(axis=None)


@settings(deadline=None)
@given(values)
def test_any_answer_is_a_campaign_or_refused(content: Any) -> None:
    try:
        snapshot = snapshot_of(content, NOON, "Campaign")
    except UnexpectedPayload:
        return
    assert snapshot.document == content


tokens = st.none() | st.just("") | st.sampled_from(["a", "b", "c"]) | st.integers(0, 2)
pages = st.fixed_dictionaries(
    {"entities": st.lists(st.just({"id": "x"}), max_size=2)},
    optional={
        "nextPageToken": tokens,
        "pageNumber": st.integers(0, 4),
        "pageCount": st.integers(0, 4),
    },
)


@settings(deadline=None)
@given(st.lists(pages, min_size=1, max_size=5))
def test_reading_pages_ends_whatever_the_tenant_says(script: list[dict[str, Any]]) -> None:
    asked: list[Page] = []

    def fetch(page: Page) -> Any:
        asked.append(page)
        return script[(len(asked) - 1) % len(script)]

    with suppress(UnexpectedPayload):
        all_entities(fetch, "The list")

    assert len(asked) <= 4 + 4
    assert len(set(asked)) == len(asked)


class Passing:
    """Time that passes by waiting, and a little by asking."""

    at = 0.0

    def monotonic(self) -> float:
        self.at += 0.001
        return self.at

    def sleep(self, seconds: float) -> None:
        self.at += seconds


statuses = st.sampled_from([200, 201, 302, 400, 401, 403, 404, 408, 409, 429, 500, 501, 503])
outcomes = st.builds(
    Answer,
    statuses,
    st.just({}) | st.just(ABSENT),
    st.none() | st.floats(0, 5000),
    st.sampled_from(Stage),
) | st.builds(Lost, st.just("cut"), st.sampled_from(Stage), st.booleans())


@settings(deadline=None)
@given(st.lists(outcomes, min_size=1, max_size=6), st.floats(0.5, 200), st.booleans())
def test_tries_and_waits_end_within_tries_and_deadline(
    script: list[Outcome], seconds: float, is_read: bool
) -> None:
    sleeper, sent = Passing(), []

    def send() -> Outcome:
        sent.append(script[len(sent) % len(script)])
        return sent[-1]

    settled = settle(
        send,
        trouble_of=read_trouble if is_read else write_trouble,
        rule=USUAL,
        deadline=Deadline(seconds, sleeper),
        sleeper=sleeper,
    )

    assert (
        settled.tries
        == len(sent)
        <= 1 + sum(len(waits) for waits in (USUAL.rate_limit_waits, USUAL.passing_waits))
    )
    assert sleeper.at <= seconds + 1


@settings(deadline=None)
@given(st.lists(outcomes, min_size=1, max_size=8))
def test_a_write_is_sent_again_only_after_a_definite_no(script: list[Outcome]) -> None:
    sent: list[Outcome] = []

    def send() -> Outcome:
        sent.append(script[len(sent) % len(script)])
        return sent[-1]

    sleeper = Passing()
    settle(
        send,
        trouble_of=write_trouble,
        rule=QUEUE_DETAILS,
        deadline=Deadline(200, sleeper),
        sleeper=sleeper,
    )

    for outcome in sent[:-1]:
        is_limit = isinstance(outcome, Answer) and outcome.status == 429
        assert is_limit or outcome.stage is Stage.TOKEN


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_retry_after_is_a_wait_or_none(header: str) -> None:
    seconds = retry_after(header, NOON)

    assert seconds is None or seconds >= 0
