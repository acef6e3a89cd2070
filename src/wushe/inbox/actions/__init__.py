from wushe.inbox.actions.notices import mark_read, notify
from wushe.inbox.actions.todos import Asked, ask, ask_each, ask_for, forget_each, put_off, settle

__all__ = ["Asked", "ask", "ask_each", "ask_for", "forget_each", "mark_read", "notify", "put_off", "settle"]
