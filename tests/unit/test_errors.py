"""The tree of errors is the one that is drawn, and each says what happened and what next."""

import inspect
import pickle
import re

import pytest

from core import errors
from core.errors import (
    DashboardError,
    PayloadRejected,
    PermissionMissing,
    RateLimited,
    TenantRecordMissing,
    TooLittleHistory,
)

CLASSES = {
    name: value
    for name, value in vars(errors).items()
    if inspect.isclass(value) and issubclass(value, DashboardError)
}
EVERY = sorted(CLASSES.values(), key=lambda each: each.__name__)


def drawn_tree() -> dict[str, str]:
    """Return each name of the drawing in the module's docstring with the name above it."""
    above: dict[str, str] = {}
    line_of: list[str] = []
    for line in (errors.__doc__ or "").splitlines():
        found = re.match(r"^ {4}(?P<branches>[│├└─ ]*)(?P<name>[A-Z]\w+)", line)
        if found is None:
            continue
        depth = len(found["branches"]) // 4
        line_of[depth:] = [found["name"]]
        assert found["name"] not in above, f"{found['name']} is drawn twice"
        above[found["name"]] = line_of[depth - 1] if depth else "Exception"
    return above


def test_the_tree_that_is_drawn_is_the_tree_that_there_is() -> None:
    written = {name: kind.__bases__[0].__name__ for name, kind in CLASSES.items()}
    assert drawn_tree() == written
    assert len(written) > 25


def test_every_error_has_one_parent_and_a_sentence_of_its_own() -> None:
    for kind in EVERY:
        assert len(kind.__bases__) == 1
        assert kind.__doc__ != kind.__bases__[0].__doc__
        assert (kind.__doc__ or "").strip()


@pytest.mark.parametrize("kind", EVERY, ids=lambda each: each.__name__)
def test_every_error_tells_what_happened_and_then_what_to_do(kind: type[DashboardError]) -> None:
    error = kind("The file is empty.", "Export it again.")
    assert str(error) == "The file is empty. Export it again."
    assert (error.what, error.next_step) == ("The file is empty.", "Export it again.")
    assert str(kind("The file is empty.")) == "The file is empty."


@pytest.mark.parametrize("kind", EVERY, ids=lambda each: each.__name__)
def test_every_error_survives_the_way_from_another_process(kind: type[DashboardError]) -> None:
    error = kind("The file is empty.", "Export it again.")
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is kind
    assert vars(again) == vars(error)


def test_facts_are_attributes_and_survive_too() -> None:
    facts = [
        (PermissionMissing("No.", permission="outbound:campaign:edit"), "permission"),
        (PayloadRejected("No.", fields={"dropRate": 2}), "fields"),
        (RateLimited("No.", retry_after_seconds=1.5), "retry_after_seconds"),
        (TenantRecordMissing("No.", status=404), "status"),
        (TooLittleHistory("No.", have_hours=3, need_hours=48), "have_hours"),
    ]
    for error, name in facts:
        assert getattr(error, name)
        assert getattr(pickle.loads(pickle.dumps(error)), name) == getattr(error, name)


def test_a_refusal_knows_its_status() -> None:
    statuses = [kind("No.").status for kind in (PayloadRejected, PermissionMissing, RateLimited)]
    assert statuses == [400, 403, 429]


def test_the_fields_that_were_sent_are_a_copy() -> None:
    fields = {"dropRate": 2}
    error = PayloadRejected("No.", fields=fields)
    fields["dropRate"] = 3
    assert error.fields == {"dropRate": 2}
