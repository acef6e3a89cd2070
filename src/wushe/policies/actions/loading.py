from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from wushe.audit.actions import record
from wushe.audit.actions.recording import Actor
from wushe.policies.errors import BasePackMissing, PackInvalid, PackRegionUnknown, PackVersionTaken, Problem
from wushe.policies.models import Pack
from wushe.policies.rules import Source, contradictions, read_folder, stacked
from wushe.regions.models import Region


@transaction.atomic
def load_folder(*, folder: Path, by: Actor, at: datetime) -> tuple[Pack, ...]:
    """Load the pack of a folder after the packs beside it on which it builds.

    Refuses: PackInvalid, PackVersionTaken, PackRegionUnknown.
    Effects: those of `load_pack`, for each.
    """
    sources = read_folder(folder)
    return tuple(load_pack(source=source, by=by, at=at) for source in reversed(sources))


@transaction.atomic
def load_pack(*, source: Source, by: Actor, at: datetime) -> Pack:
    """Make a pack known. The same content twice is one pack.

    Refuses: PackInvalid, BasePackMissing, PackVersionTaken, PackRegionUnknown.
    Effects: a Pack; an audit entry.
    """
    content = source.content
    known = Pack.objects.filter(digest=source.digest).first()
    if known is not None:
        return known
    if Pack.objects.filter(code=content["code"], version=content["version"]).exists():
        raise PackVersionTaken(code=content["code"], version=content["version"])
    problems = contradictions(source, _bases(content)) + _removed_codes(source)
    if problems:
        raise PackInvalid(problems=tuple(problems))
    pack = Pack.objects.create(
        code=content["code"],
        version=content["version"],
        title=content["title"]["zh"],
        region=_region(content),
        valid_from=date.fromisoformat(content["valid_from"]),
        valid_until=date.fromisoformat(content["valid_until"]) if "valid_until" in content else None,
        digest=source.digest,
        content=content,
        loaded_at=at,
    )
    record(by=by, at=at, verb="policies.pack_loaded", subject=("pack", str(pack)), name=pack.title, data={"digest": pack.digest})
    return pack


def _newest(code: str) -> Pack | None:
    return Pack.objects.filter(code=code).order_by("-loaded_at", "-pk").first()


def _bases(content: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {content["code"]: content}

    def bases_of(code: str) -> list[str]:
        if code not in found:
            base = _newest(code)
            if base is None:
                raise BasePackMissing(code=content["code"], base=code)
            found[code] = base.content
        bases: list[str] = found[code].get("base", [])
        return bases

    return [found[code] for code in stacked([content["code"]], bases_of)[1:]]


def _region(content: Mapping[str, Any]) -> Region | None:
    if "region" not in content:
        return None
    region = Region.objects.filter(code=content["region"], valid_until__isnull=True).first()
    if region is None:
        raise PackRegionUnknown(code=content["code"], region=content["region"])
    return region


def _removed_codes(source: Source) -> list[Problem]:
    former = _newest(source.content["code"])
    if former is None:
        return []
    problems = []
    for name, section in former.content.get("codes", {}).items():
        now = {item["code"] for item in source.content.get("codes", {}).get(name, {}).get("items", ())}
        gone = [item["code"] for item in section["items"] if item["code"] not in now]
        if gone:
            problems.append(
                source.problem(["codes", name], f"{', '.join(gone)} was in version {former.version}: retire a code, never remove it")
            )
    return problems
