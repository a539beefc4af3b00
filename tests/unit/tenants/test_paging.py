"""Page after page, never for ever."""

from typing import Any

import pytest

from core.errors import UnexpectedPayload
from core.tenants.paging import FIRST_PAGE, Page, all_entities, next_page


def served(*pages: Any) -> tuple[list[Page], list[str]]:
    """Return which pages were asked for, and the ids that came."""
    asked: list[Page] = []

    def fetch(page: Page) -> Any:
        asked.append(page)
        return pages[min(len(asked), len(pages)) - 1]

    return asked, [each["id"] for each in all_entities(fetch, "The list")]


def ids(*names: str) -> list[dict[str, str]]:
    return [{"id": name} for name in names]


def test_pages_by_token_end_where_the_token_is_absent() -> None:
    asked, found = served(
        {"entities": ids("a"), "nextPageToken": "t2"},
        {"entities": ids("b"), "nextPageToken": "t3"},
        {"entities": ids("c")},
    )

    assert found == ["a", "b", "c"]
    assert [page.token for page in asked] == [None, "t2", "t3"]


@pytest.mark.parametrize("last", ["", None])
def test_an_empty_token_ends_the_pages(last: str | None) -> None:
    asked, _ = served({"entities": ids("a"), "nextPageToken": last})

    assert len(asked) == 1


def test_pages_by_number_end_with_the_page_count() -> None:
    asked, found = served(
        {"entities": ids("a"), "pageNumber": 1, "pageCount": 2},
        {"entities": ids("b"), "pageNumber": 2, "pageCount": 2},
    )

    assert found == ["a", "b"]
    assert [page.number for page in asked] == [1, 2]


def test_a_plain_list_is_one_page() -> None:
    assert served(ids("a", "b")) == ([FIRST_PAGE], ["a", "b"])


def test_an_empty_page_with_a_token_is_not_the_last() -> None:
    _, found = served({"entities": [], "nextPageToken": "t2"}, {"entities": ids("a")})

    assert found == ["a"]


@pytest.mark.parametrize("tokens", [["t2", "t2"], ["t2", "t3", "t2"]])
def test_a_page_token_that_comes_back_ends_in_an_error(tokens: list[str]) -> None:
    pages = [{"entities": ids("a"), "nextPageToken": token} for token in tokens]

    with pytest.raises(UnexpectedPayload, match="a second time"):
        served(*pages)


def test_a_tenant_that_gives_the_same_page_whatever_is_asked_ends_in_an_error() -> None:
    with pytest.raises(UnexpectedPayload, match="page 2 was asked for and page 1 came"):
        served({"entities": ids("a"), "pageNumber": 1, "pageCount": 3})


@pytest.mark.parametrize(
    "content",
    [
        "rubbish",
        7,
        None,
        {"entities": "rubbish"},
        {"entities": [1]},
        {"entities": [], "nextPageToken": 7},
        {"entities": [], "pageCount": "many"},
        {"entities": [], "pageCount": 2, "pageNumber": True},
    ],
)
def test_a_page_that_is_none_is_refused_by_its_name(content: Any) -> None:
    with pytest.raises(UnexpectedPayload, match="The list cannot be read"):
        served(content)


def test_an_object_without_entities_is_an_empty_page() -> None:
    assert served({}) == ([FIRST_PAGE], [])


def test_a_page_count_after_a_token_is_not_a_second_way_to_turn_pages() -> None:
    assert next_page({"entities": [], "pageCount": 9}, Page(2, "t2"), "The list") is None
