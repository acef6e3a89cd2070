"""Sessions in the database, each with its person: the engine that the settings name."""

from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.utils.crypto import constant_time_compare

from wushe.accounts.models import Session, User
from wushe.accounts.queries import session_of
from wushe.kernel import clock


class SessionStore(DatabaseSessions):
    """Reads the session, its person and their posts at once."""

    _person: User | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row, with the person in a column of its own."""
        row = super().create_model_instance(data)
        assert isinstance(row, Session)  # noqa: S101 -- the table above
        row.user_id = data.get(SESSION_KEY)
        return row

    def load(self) -> dict[str, Any]:
        """What the session keeps; nothing when there is none or its time is over."""
        found = session_of(self.session_key, clock.now()) if self.session_key else None
        if found is None:
            self._session_key = None
            return {}
        kept, self._person = found
        content: dict[str, Any] = self.decode(kept)
        return content

    @property
    def person(self) -> User | AnonymousUser:
        """Who is signed in. A new password or a closed account ends every session that began before."""
        proof = self.get(HASH_SESSION_KEY, "")
        user = self._person
        if user is None or not user.is_active or not constant_time_compare(proof, user.get_session_auth_hash()):
            return AnonymousUser()
        return user
