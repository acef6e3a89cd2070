from dataclasses import dataclass

from wushe.accounts.models import User


@dataclass(frozen=True, slots=True)
class SavedView:
    """A list as somebody filtered it: its path with the filters, and the name that they gave it."""

    address: str
    name: str


def views_of(user: User, path: str) -> list[SavedView]:
    """What a person saved of one list, by name."""
    kept = [SavedView(address, name) for address, _, name in (each.partition("#") for each in user.saved_views)]
    return sorted((view for view in kept if view.address.partition("?")[0] == path), key=lambda view: view.name)
