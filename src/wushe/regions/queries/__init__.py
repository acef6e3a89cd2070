from wushe.regions.queries.search import search_places
from wushe.regions.queries.tree import (
    ancestors_on,
    children_on,
    counted_communities,
    living_communities,
    parent_on,
    region_by_code,
    settlement_on,
    shown_children_on,
    subtree_ids_on,
)

__all__ = [
    "ancestors_on",
    "children_on",
    "counted_communities",
    "living_communities",
    "parent_on",
    "region_by_code",
    "search_places",
    "settlement_on",
    "shown_children_on",
    "subtree_ids_on",
]
