from wushe.accounts.actions.bodies import NewBody, create_bodies, create_body, update_body
from wushe.accounts.actions.keeping import LAST_ACT, clear_kept_forms, drop_kept_form, keep_form, remember_act
from wushe.accounts.actions.passwords import change_password, drawn_password, give_password
from wushe.accounts.actions.posting import appoint, end_post
from wushe.accounts.actions.signing_in import check_sign_in
from wushe.accounts.actions.users import NewUser, create_user, disable_user, enable_user, set_language, update_user
from wushe.accounts.actions.viewing import drop_view, save_view

__all__ = [
    "LAST_ACT",
    "NewBody",
    "NewUser",
    "appoint",
    "change_password",
    "check_sign_in",
    "clear_kept_forms",
    "create_bodies",
    "create_body",
    "create_user",
    "disable_user",
    "drawn_password",
    "drop_kept_form",
    "drop_view",
    "enable_user",
    "end_post",
    "give_password",
    "keep_form",
    "remember_act",
    "save_view",
    "set_language",
    "update_body",
    "update_user",
]
