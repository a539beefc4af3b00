"""A request that was let through: who asks for what; and the pages of an answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias
from urllib.parse import urlencode

from core.documents import JsonObject
from core.simulator.platform.operation import Operation
from core.simulator.world import World

Answer: TypeAlias = JsonObject | list[JsonObject] | None
"""What an operation answers; None: nothing but that it is done."""

_USUAL_SIZE: Final = 25


@dataclass(frozen=True)
class Asked:
    """One request.

    Parameters
    ----------
    world : World
        What it is about.
    operation : Operation
        What is asked for.
    path : mapping
        The ids in its path.
    query : mapping
        Its parameters, as the kinds of the operation have them.
    body : Any
        Its body, checked; None where there is none.
    """

    world: World
    operation: Operation
    path: Mapping[str, str]
    query: Mapping[str, Any]
    body: Any

    @property
    def by(self) -> str:
        """Who asks."""
        return self.world.tokens.client_id


Handler: TypeAlias = Callable[[Asked], Answer]


def page_of(asked: Asked, entities: list[JsonObject]) -> JsonObject:
    """Return one page of some entities, with the addresses of its neighbours.

    Parameters
    ----------
    asked : Asked
        Its parameters ``pageSize`` and ``pageNumber`` say which.
    entities : list of JsonObject
        All of them, in order.

    Returns
    -------
    JsonObject
        The platform's envelope; a page past the last one is empty.
    """
    size = int(asked.query.get("pageSize", _USUAL_SIZE))
    number = int(asked.query.get("pageNumber", 1))
    count = max(-(-len(entities) // size), 1)

    path = asked.operation.path.format(**asked.path)

    def address(page: int) -> str:
        others = {key: value for key, value in asked.query.items() if not key.startswith("page")}
        parameters = {**others, "pageSize": size, "pageNumber": page}
        return f"{path}?{urlencode(parameters, doseq=True)}"

    page: JsonObject = {
        "entities": entities[(number - 1) * size : number * size],
        "pageSize": size,
        "pageNumber": number,
        "total": len(entities),
        "pageCount": count,
        "firstUri": address(1),
        "lastUri": address(count),
        "selfUri": address(number),
    }
    if number < count:
        page["nextUri"] = address(number + 1)
    if 1 < number <= count + 1:
        page["previousUri"] = address(number - 1)
    return page


def listed(asked: Asked, entities: list[JsonObject]) -> list[JsonObject]:
    """Return entities by the parameters that lists of the platform have in common.

    Parameters
    ----------
    asked : Asked
        ``name`` with ``filterType``, ``id``, ``divisionId``, ``sortBy`` and ``sortOrder``.
    entities : list of JsonObject
        All of them.
    """
    query = asked.query
    found = entities
    if query.get("name"):
        matches = _MATCHES.get(query.get("filterType", "Prefix"), _MATCHES["Prefix"])
        wanted = query["name"].lower()
        found = [one for one in found if matches(one["name"].lower(), wanted)]
    if query.get("id"):
        found = [one for one in found if one["id"] in query["id"]]
    if query.get("divisionId"):
        found = [one for one in found if one.get("division", {}).get("id") in query["divisionId"]]
    key = query.get("sortBy") or ("name" if query.get("sortOrder") else "")
    if key:
        is_down = query.get("sortOrder", "").startswith("desc")
        found = sorted(found, key=lambda one: str(one.get(key, "")).lower(), reverse=is_down)
    return found


_MATCHES: Final[dict[str, Callable[[str, str], bool]]] = {
    "Equals": lambda name, wanted: name == wanted,
    "Contains": lambda name, wanted: wanted in name,
    "Prefix": lambda name, wanted: name.startswith(wanted),
    "BeginsWith": lambda name, wanted: name.startswith(wanted),
    "EndsWith": lambda name, wanted: name.endswith(wanted),
}
