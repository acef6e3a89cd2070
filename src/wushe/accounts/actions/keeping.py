from datetime import datetime

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from wushe.accounts.errors import TooMuchTyped
from wushe.accounts.models import KeptForm, Session, User
from wushe.accounts.queries.kept import CONTEXT, KEPT_FOR, Typed, browser_key, kept_forms, target_key
from wushe.kernel.encryption import encrypt

LAST_ACT = "last_act"
MOST_BYTES = 200_000
MOST_FORMS = 10


@transaction.atomic
def keep_form(*, typed: Typed, user: User, browser: str, at: datetime) -> None:
    """Keep what a person typed until they are back. `browser`: a secret that this browser alone has.

    Refuses: TooMuchTyped.
    Effects: a KeptForm, sealed; of more than MOST_FORMS of a person the oldest go, and so do all whose time is over. It is no act of an
    office and holds personal data, so the audit knows nothing of it.
    """
    text = typed.text()
    if len(text.encode()) > MOST_BYTES:
        raise TooMuchTyped
    clear_kept_forms(at=at)
    KeptForm.objects.update_or_create(
        user=user,
        browser=browser_key(browser),
        target=target_key(typed.target),
        defaults={"sealed": encrypt(text, context=CONTEXT), "kept_at": at},
    )
    newest = KeptForm.objects.filter(user=user).order_by("-kept_at", "-pk").values("pk")[:MOST_FORMS]
    KeptForm.objects.filter(user=user).exclude(pk__in=list(newest.values_list("pk", flat=True))).delete()


def drop_kept_form(*, user: User, browser: str, target: str) -> None:
    """The form was sent, or the person does not want it any more.

    Effects: the KeptForm.
    """
    kept_forms(browser=browser, user=user, target=target).delete()


def clear_kept_forms(*, at: datetime) -> None:
    """Drop what nobody may read any more.

    Effects: KeptForms older than KEPT_FOR.
    """
    KeptForm.objects.filter(kept_at__lte=at - KEPT_FOR).delete()


def remember_act(*, session: SessionBase, form: str, led: str) -> None:
    """Keep with the session which form it was that did something last, and where it led.

    Effects: the Session's content; not how long it lasts, and nothing where it is over meanwhile.
    """
    session[LAST_ACT] = [form, led]
    Session.objects.filter(pk=session.session_key).update(session_data=session.encode(dict(session.items())))
