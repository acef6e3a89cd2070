"""What is kept of a report that is handed in, without asking the database."""

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from wushe.projects.states import ProjectState

TENTH = Decimal("0.1")
# of a project whose service users can be asked
ASKED_IN = frozenset({ProjectState.DELIVERING, ProjectState.IN_ACCEPTANCE})


def tenths(value: Decimal) -> str:
    """Points as they are kept: with one decimal."""
    return str(value.quantize(TENTH))


def digest_of(content: Mapping[str, Any]) -> str:
    """The SHA-256 of a kept content, in hexadecimal; the order of its keys does not matter."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
