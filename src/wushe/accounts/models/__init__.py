from wushe.accounts.models.body import Body, BodyKind
from wushe.accounts.models.kept import KeptForm
from wushe.accounts.models.post import Post
from wushe.accounts.models.session import Session
from wushe.accounts.models.user import User

__all__ = ["Body", "BodyKind", "KeptForm", "Post", "Session", "User"]
