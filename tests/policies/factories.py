"""The real packs, for every test that needs a policy at an invented place."""

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache

from django.conf import settings

from wushe.kernel.actors import SYSTEM
from wushe.policies.actions import load_pack
from wushe.policies.models import Pack
from wushe.policies.rules import PACK_FILE, Source
from wushe.policies.rules import read_text as read
from wushe.regions.models import Region

LOADED_AT = datetime(2022, 11, 3, 1, tzinfo=UTC)


@cache
def read_text(text: str, file: str) -> Source:
    """A pack's content, read once for all tests of a process: reading takes longer than most tests."""
    return read(text, file)


def load_policy(region: Region, code: str = "meixian-2022", *, replace: tuple[tuple[str, str], ...] = ()) -> Pack:
    """Load the shipped pack and its bases as the policy of the region; `replace` changes the text before it is read."""
    for name in ("cn-law", "platform"):
        path = settings.POLICIES / name / PACK_FILE
        load_pack(source=read_text(path.read_text(encoding="utf-8"), str(path)), by=SYSTEM, at=LOADED_AT)
    path = settings.POLICIES / code / PACK_FILE
    text = path.read_text(encoding="utf-8")
    county = next(line for line in text.splitlines() if line.startswith("region:"))
    for old, new in ((county, f'region: "{region.code}"'), *replace):
        assert old in text
        text = text.replace(old, new)
    return load_pack(source=read_text(text, str(path)), by=SYSTEM, at=LOADED_AT)


def load_next(code: str, *, valid_from: date, replace: tuple[tuple[str, str], ...] = ()) -> Pack:
    """Load a changed version of a shipped base pack, in force from the day on."""
    path = settings.POLICIES / code / PACK_FILE
    text = re.sub(r'^version: ".*"$', 'version: "99.0.0"', path.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
    text = re.sub(r"^valid_from: .*$", f"valid_from: {valid_from}", text, count=1, flags=re.MULTILINE)
    for old, new in replace:
        assert old in text
        text = text.replace(old, new)
    return load_pack(source=read_text(text, str(path)), by=SYSTEM, at=LOADED_AT + timedelta(days=1))
