from wushe.inbox.models.notice import Notice
from wushe.inbox.models.todo import Todo, TodoQuerySet

__all__ = ["Notice", "Todo", "TodoQuerySet"]
