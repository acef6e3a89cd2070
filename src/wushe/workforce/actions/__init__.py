"""The only writers of the register of workers."""

from wushe.workforce.actions.people import (
    WorkerDraft,
    register_worker,
    release_worker,
    reveal_worker,
    update_own_contact,
    update_worker,
)

__all__ = [
    "WorkerDraft",
    "register_worker",
    "release_worker",
    "reveal_worker",
    "update_own_contact",
    "update_worker",
]
