from wushe.accounts.actions.bodies import create_body, update_body
from wushe.accounts.actions.posting import appoint, end_post
from wushe.accounts.actions.users import create_user, set_language

__all__ = ["appoint", "create_body", "create_user", "end_post", "set_language", "update_body"]
