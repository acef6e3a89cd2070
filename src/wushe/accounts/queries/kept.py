import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from wushe.accounts.models import KeptForm, User
from wushe.kernel.encryption import blind_index, decrypt

KEPT_FOR = timedelta(hours=2)
CONTEXT = "accounts.kept_form"


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into a form: where it was sent to and from which page, its fields, and the names of the files that were chosen."""

    target: str
    page: str
    fields: dict[str, list[str]]
    files: tuple[str, ...] = ()

    def text(self) -> str:
        """As it is sealed."""
        return json.dumps(asdict(self), ensure_ascii=False)


def kept_form(*, browser: str, user: User, target: str, at: datetime) -> Typed | None:
    """What this person had typed for this address in this browser, as long as it is kept."""
    return _opened(kept_forms(browser=browser, user=user, target=target).filter(kept_at__gt=at - KEPT_FOR).first())


def last_kept_form(*, browser: str, user: User, at: datetime) -> Typed | None:
    """The newest of those that wait for this person in this browser."""
    mine = KeptForm.objects.filter(user=user, browser=browser_key(browser), kept_at__gt=at - KEPT_FOR)
    return _opened(mine.order_by("-kept_at").first())


def kept_forms(*, browser: str, user: User, target: str) -> QuerySet[KeptForm]:
    """The row of a form, if there is one."""
    return KeptForm.objects.filter(user=user, browser=browser_key(browser), target=target_key(target))


def browser_key(secret: str) -> str:
    """What is kept of a browser's secret."""
    return blind_index(secret, context=f"{CONTEXT}.browser")


def target_key(address: str) -> str:
    """What can be read of an address: it may name a person's record."""
    return blind_index(address, context=f"{CONTEXT}.target")


def _opened(row: KeptForm | None) -> Typed | None:
    if row is None:
        return None
    kept: dict[str, Any] = json.loads(decrypt(row.sealed, context=CONTEXT))
    return Typed(**kept | {"files": tuple(kept["files"])})
