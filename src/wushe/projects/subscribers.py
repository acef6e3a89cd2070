from datetime import datetime

from wushe.needs.events import NeedReopened
from wushe.projects.actions import let_go_of_need


def free_reopened_need(event: NeedReopened) -> None:
    """An unhappy resident's need is free for another project."""
    let_go_of_need(need_id=event.need_id, at=datetime.fromisoformat(event.at))
