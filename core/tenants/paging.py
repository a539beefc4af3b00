"""Page after page of a list, in the ways in which tenants turn them; never for ever.

A page token that comes back a second time, or a page that is not the one that was asked for, ends
the reading with an error: going on would read the same rows again and again.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from core.documents import JsonObject
from core.errors import UnexpectedPayload


@dataclass(frozen=True, slots=True)
class Page:
    """Which page to ask for.

    Parameters
    ----------
    number : int
        From 1.
    token : str or None
        What the page before gave, where the tenant turns pages by token.
    """

    number: int = 1
    token: str | None = None


FIRST_PAGE = Page()


def unreadable(place: str, why: str) -> UnexpectedPayload:
    """Return the error for an answer that does not hold what it should.

    Examples
    --------
    >>> str(unreadable("The list of campaigns", "it is a number")).split(": ")[1].split(". ")[0]
    'it is a number'
    """
    return UnexpectedPayload(
        f"{place} cannot be read: {why}.",
        "Check that DIALCAST_TENANT names the tenant's kind; if it does, tell its administrator.",
    )


def entities(content: Any, place: str) -> list[JsonObject]:
    """Return the entities of one page.

    Parameters
    ----------
    content : Any
        A list, or an object that holds one under ``entities``.
    place : str
        What was read, for the message.

    Returns
    -------
    list of JsonObject
        Empty where the page has none.

    Raises
    ------
    UnexpectedPayload
        If it is neither, or an entity is no object.

    Examples
    --------
    >>> entities({"entities": [{"id": "a"}]}, "The list"), entities([], "The list")
    ([{'id': 'a'}], [])
    """
    listed = content.get("entities") if isinstance(content, Mapping) else content
    if listed is None and isinstance(content, Mapping):
        listed = []
    if not isinstance(listed, list):
        raise unreadable(place, "it has no list of entities")
    for number, entity in enumerate(listed, 1):
        if not isinstance(entity, dict):
            raise unreadable(place, f"entity {number} is no object")
    return listed


def all_entities(fetch: Callable[[Page], Any], place: str) -> list[JsonObject]:
    """Return the entities of every page.

    Parameters
    ----------
    fetch : callable
        Takes a `Page`, returns the JSON value of that page.
    place : str
        What is read, for the message.

    Returns
    -------
    list of JsonObject
        In the order in which they came.

    Raises
    ------
    UnexpectedPayload
        If a page cannot be read, or the pages do not lead on.
    """
    return [entity for content in _pages(fetch, place) for entity in entities(content, place)]


def _pages(fetch: Callable[[Page], Any], place: str) -> Iterator[Any]:
    page: Page | None = FIRST_PAGE
    seen: set[str] = set()
    while page is not None:
        content = fetch(page)
        yield content
        page = next_page(content, page, place)
        if page is not None and page.token is not None:
            if page.token in seen:
                raise unreadable(place, "a page token came a second time, so it has no end")
            seen.add(page.token)


def next_page(content: Any, page: Page, place: str) -> Page | None:
    """Return the page to ask for after this one; None where it was the last.

    Parameters
    ----------
    content : Any
        This page's JSON value.
    page : Page
        What was asked for.
    place : str
        What is read, for the message.

    Returns
    -------
    Page or None
        By ``nextPageToken`` where there is one, else by ``pageNumber`` and ``pageCount``.

    Raises
    ------
    UnexpectedPayload
        If these are not what they should be.

    Examples
    --------
    >>> next_page({"nextPageToken": "t2"}, FIRST_PAGE, "The list")
    Page(number=2, token='t2')
    >>> next_page({"pageNumber": 1, "pageCount": 2}, FIRST_PAGE, "The list")
    Page(number=2, token=None)
    >>> next_page([], FIRST_PAGE, "The list"), next_page({"pageCount": 0}, FIRST_PAGE, "The list")
    (None, None)
    """
    if not isinstance(content, Mapping):
        return None
    token = content.get("nextPageToken")
    if token:
        if not isinstance(token, str):
            raise unreadable(place, "nextPageToken is no text")
        return Page(page.number + 1, token)
    if page.token is not None:
        return None
    count, number = content.get("pageCount") or 1, content.get("pageNumber") or page.number
    if not _is_whole(count) or not _is_whole(number):
        raise unreadable(place, "pageNumber or pageCount is no number")
    if count > page.number and number != page.number:
        raise unreadable(place, f"page {page.number} was asked for and page {number} came")
    return Page(page.number + 1) if count > page.number else None


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
