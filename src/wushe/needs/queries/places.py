from wushe.accounts.queries import Scope
from wushe.needs.errors import NoPlaceToRecord
from wushe.regions.queries import living_communities


def places_to_record(scope: Scope) -> dict[str, tuple[int, str]]:
    """The communities of a scope by code, each with its key and what it is called. Raises NoPlaceToRecord."""
    found: dict[str, tuple[int, str]] = {}
    for region in scope.regions:
        for pk, code, name, town in living_communities(region).values_list("pk", "code", "name", "town__name"):
            found[code] = (pk, f"{town} {name}" if town else name)
    if not found:
        raise NoPlaceToRecord
    return found
