from wushe.regions.queries.past import ANCESTORS, LEVELS, PlacesOn
from wushe.regions.queries.search import search_places
from wushe.regions.queries.tree import (
    ancestors_on,
    children_on,
    counted_communities,
    living_communities,
    parent_on,
    region_by_code,
    shown_children_on,
    subtree_ids_on,
)

__all__ = [
    "ANCESTORS",
    "LEVELS",
    "PlacesOn",
    "ancestors_on",
    "children_on",
    "counted_communities",
    "living_communities",
    "parent_on",
    "region_by_code",
    "search_places",
    "shown_children_on",
    "subtree_ids_on",
]
