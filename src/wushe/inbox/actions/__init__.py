from wushe.inbox.actions.notices import mark_read, notify
from wushe.inbox.actions.todos import ask, put_off, settle

__all__ = ["ask", "mark_read", "notify", "put_off", "settle"]
