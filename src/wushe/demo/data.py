from datetime import datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any

from django.conf import settings
from ruamel.yaml import YAML

from wushe.kernel.clock import POLICY_ZONE, local_date
from wushe.kernel.identifiers import TAIL

SEED = 20221103
PREFIXES = ("134", "137", "150", "158", "182", "187", "199")


@cache
def load(name: str) -> Any:
    """One of the demonstration's data files."""
    return YAML(typ="safe").load((settings.DEMO_DATA / f"{name}.yaml").read_text(encoding="utf-8"))


def person(random: Random) -> str:
    """An invented name."""
    names = load("names")
    return f"{random.choice(names['surnames'])}{random.choice(names['given'])}"


def phone(random: Random) -> str:
    """A number of the right form that nobody is called by."""
    return random.choice(PREFIXES) + "0000" + "".join(str(random.randrange(10)) for _ in range(TAIL))


def office_hours(at: datetime, random: Random) -> datetime:
    """The same day between half past eight and half past five."""
    start = datetime.combine(local_date(at), time(8, 30), tzinfo=POLICY_ZONE)
    return start + timedelta(minutes=random.randrange(9 * 60))


def uscc(kind: str, place: str, serial: int) -> str:
    """A unified social credit code with right check digits (GB 32100-2015) for an invented organisation."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    organisation = f"{serial:08d}"
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    rest = (11 - sum(int(digit) * weight for digit, weight in zip(organisation, weights, strict=True)) % 11) % 11
    body = f"{kind}{place}{organisation}{'X' if rest == 10 else rest}"
    total = sum(alphabet.index(char) * pow(3, position, 31) for position, char in enumerate(body))
    return body + alphabet[(31 - total % 31) % 31]
