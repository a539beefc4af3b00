"""Calls and answers as plain values."""

from datetime import UTC, datetime

import pytest

from core.documents import ABSENT, canonical_text
from core.errors import TenantRecordMissing
from core.tenants.wire import (
    MESSAGE_LENGTH,
    Answer,
    Stage,
    read_json,
    retry_after,
    segment,
    tenant_message,
    write_json,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>Log in</html>",
        b'{"entities": [',
        b'{"rate": NaN}',
        b'{"rate": Infinity}',
        b'{"rate": 1e999}',
        b'{"name": "half \\ud83d"}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
    ],
)
def test_a_body_that_cannot_be_kept_and_sent_back_is_unreadable(body: bytes) -> None:
    assert read_json(body) is ABSENT


def test_a_readable_document_can_always_be_compared_and_sent_back() -> None:
    document = read_json('{"name": "Straße \\ud83d\\ude00", "weight": 33.3, "n": null}'.encode())

    assert read_json(write_json(document)) == document
    assert "Straße 😀" in canonical_text(document)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("3", 3.0),
        ("1.5", 1.5),
        ("-4", 0.0),
        ("Mon, 23 Nov 2026 12:00:30 GMT", 30.0),
        ("Mon, 23 Nov 2026 11:00:00 GMT", 0.0),
        ("soon", None),
        ("nan", None),
        ("inf", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(
    header: str | None, seconds: float | None
) -> None:
    assert retry_after(header, NOON) == seconds


def test_only_a_readable_success_of_the_call_itself_counts_as_done() -> None:
    assert Answer(201, {}).is_done
    assert not Answer(200).is_done
    assert not Answer(200, {}, stage=Stage.TOKEN).is_done
    assert not Answer(302, {}).is_done


def test_a_tenants_message_is_one_line_of_bounded_length() -> None:
    message = tenant_message({"message": "first\nsecond\x07" + "x" * 1000})

    assert message.startswith("first second")
    assert len(message) == MESSAGE_LENGTH + 1


@pytest.mark.parametrize("content", [None, 7, [], "text", {"message": 3}, {"details": "odd"}])
def test_an_answer_without_a_message_says_nothing(content: object) -> None:
    assert tenant_message(content) == ""


def test_an_id_stays_one_segment_of_a_path_whatever_it_holds() -> None:
    assert segment("../a b/c?d=e#f", "campaign") == "..%2Fa%20b%2Fc%3Fd%3De%23f"


@pytest.mark.parametrize("identifier", ["", ".", "..", "..."])
def test_an_id_that_would_name_another_path_is_refused_before_it_is_sent(identifier: str) -> None:
    with pytest.raises(TenantRecordMissing):
        segment(identifier, f"campaign {identifier}")
