from django.db import transaction

from wushe.accounts.actions.administering import locked_user
from wushe.accounts.errors import TooManyViews
from wushe.accounts.models import User
from wushe.kernel.errors import FieldRequired

MOST_VIEWS = 30


@transaction.atomic
def save_view(*, user: User, address: str, name: str) -> None:
    """Keep a list as it is filtered under a name; of one list a name stands once, and saved again it means the new filters.

    Refuses: FieldRequired, TooManyViews.
    Effects: the User's saved views. It is no act of an office, and what is searched for may be a person: the audit knows nothing of it.
    """
    name = " ".join(name.replace("#", " ").split())
    if not name:
        raise FieldRequired(name="name")
    row = locked_user(user)
    path = address.partition("?")[0]
    others = [each for each in row.saved_views if not (each.partition("?")[0] == path and each.partition("#")[2] == name)]
    if len(others) >= MOST_VIEWS:
        raise TooManyViews(most=MOST_VIEWS)
    _keep(row, [*others, f"{address}#{name}"])


@transaction.atomic
def drop_view(*, user: User, address: str, name: str) -> None:
    """Let a saved view go.

    Effects: the User's saved views.
    """
    row = locked_user(user)
    _keep(row, [each for each in row.saved_views if each != f"{address}#{name}"])


def _keep(row: User, views: list[str]) -> None:
    row.saved_views = views
    row.save(update_fields=["saved_views"])
