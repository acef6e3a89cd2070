"""The register of workers as one that takes tables: people with their certificate and their post. What rows say of papers is sealed at once."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from wushe.accounts.models import Body, BodyKind, User
from wushe.accounts.queries import Scope
from wushe.imports.errors import CellEmpty, StandsTwice
from wushe.imports.queries import Places, referred_to, sending_places, stepped_on
from wushe.imports.rules import cells
from wushe.imports.rules.importable import Column, Draft, Importable, Likeness, Numbers, Twin
from wushe.imports.rules.lists import Lists
from wushe.kernel import numbers
from wushe.kernel.clock import local_date
from wushe.kernel.copying import copy_rows
from wushe.kernel.encryption import encrypt
from wushe.kernel.errors import DomainError, NotPermitted
from wushe.kernel.identifiers import TAIL, mask_name
from wushe.kernel.rows import any_of
from wushe.policies.queries import Policy, policy_for
from wushe.regions.models import Region
from wushe.workforce.actions.certificates import refuse_malformed, registration_ends
from wushe.workforce.actions.locking import in_order
from wushe.workforce.errors import CertificateTaken, UnitUnknown
from wushe.workforce.models import Certificate, Posting, Worker
from wushe.workforce.models.worker import IDENTITY, NAME, PHONE
from wushe.workforce.permissions import Permission
from wushe.workforce.queries import identity_index, name_index

LISTS = {
    "kind": "worker_kinds",
    "education": "education_levels",
    "level": "certificate_levels",
    "position": "positions",
    "mode": "posting_modes",
}
SEALED = {"name": NAME, "identity": IDENTITY, "phone": PHONE}
CERTIFICATE, REGISTRATION, POST = ("level", "certificate", "issued_on"), ("registered_on", "valid_until"), ("position", "mode", "since")

COLUMNS = (
    Column("name", _("Name of the person"), cells.text(80), required=True, also=("人员姓名", "社工姓名")),
    Column("identity", _("Identity paper"), cells.identity, required=True, also=("身份证号", "身份证号码", "公民身份号码", "身份证")),
    Column("kind", _("Kind"), cells.word, required=True, also=("人员类别", "身份类别", "人员类型")),
    Column("region", _("Place"), cells.plain, required=True, also=("所属地区", "所在社区", "所属社区", "所属镇街", "所在地区")),
    Column("joined_on", _("Joined on"), cells.day, required=True, also=("入职日期", "入职时间", "参加工作时间", "从业时间")),
    Column("phone", _("Phone"), cells.phone, also=("联系电话", "手机", "手机号", "手机号码")),
    Column("education", _("Education"), cells.word, also=("文化程度", "学历层次")),
    Column("level", _("Level of the certificate"), cells.word, also=("证书等级", "职业资格", "资格等级", "职称")),
    Column("certificate", _("Number of the certificate"), cells.text(60), also=("证书号", "资格证书编号", "证书号码", "管理号")),
    Column("issued_on", _("Issued on"), cells.day, also=("批准日期", "取证日期", "取得时间")),
    Column("registered_on", _("Registered on"), cells.day, also=("证书登记日期", "注册日期")),
    Column("valid_until", _("Registered until"), cells.day, also=("证书有效期", "登记有效期至")),
    Column("position", _("Sort of post"), cells.word, also=("岗位", "岗位名称", "职务")),
    Column("mode", _("How they came to it"), cells.word, also=("来源方式", "录用方式")),
    Column("since", _("In the post since"), cells.day, also=("上岗日期", "上岗时间", "任职时间")),
    Column(
        "unit",
        _("Unit"),
        cells.text(120),
        help=_("The name of the station, room or agency; empty for the committee or office of the place."),
        also=("工作单位", "所在单位", "所在站点"),
    ),
)


@dataclass(slots=True)
class Run:
    """What the rows of one import share."""

    by: User
    on: date
    scope: Scope
    places: Places
    policy: Policy
    lists: Lists
    identities: dict[str, int] = field(default_factory=dict)
    certificates: dict[str, int] = field(default_factory=dict)


def begin(by: User, at: datetime) -> Run:
    """The sender's places, and the words of the policy that they share."""
    on = local_date(at)
    scope = sending_places(by, Permission.REGISTER_WORKER, on)
    policy = policy_for(scope.common_place, on)
    lists = Lists({name: policy.codes(codes) for name, codes in LISTS.items()})
    return Run(by, on, scope, Places(scope), policy, lists)


def check_rows(run: Run, drafts: Sequence[Draft]) -> None:
    """Everything that the register would refuse, and who is on it or in the table already; then the papers are sealed."""
    run.places.look_up(draft.values["region"] for draft in drafts if "region" in draft.values)
    for draft in drafts:
        run.places.settle(draft)
        run.lists.settle(draft)
        _demand(draft, CERTIFICATE, REGISTRATION)
        _demand(draft, POST, ("unit",))
        if not draft.is_bad:
            _check_days(run, draft)
    _find_units(run, [draft for draft in drafts if "unit" in draft.values and not draft.is_bad])
    _find_twins(run, [draft for draft in drafts if not draft.is_bad])
    for draft in drafts:
        _seal(draft)


def apply_rows(run: Run, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """People with their certificates and posts."""
    homes = Region.objects.in_bulk({row["region"] for row in rows})
    if not all(run.scope.covers(home) for home in homes.values()):
        raise NotPermitted(permission=Permission.REGISTER_WORKER)
    counties = [homes[row["region"]].county_code for row in rows]
    people = [
        _person(row) | {"number": number, "pack_version": run.policy.pack_version}
        for row, number in zip(rows, numbers.draw_each("worker", places=counties, on=run.on), strict=True)
    ]
    ids = copy_rows(Worker, people)
    found = list(zip(rows, ids, counties, strict=True))
    copy_rows(
        Certificate,
        [
            {name: row.get(name) for name in (*CERTIFICATE, *REGISTRATION, "rank")} | {"worker_id": worker}
            for row, worker, _county in found
            if "certificate" in row
        ],
    )
    posted = [each for each in found if "position" in each[0]]
    drawn = numbers.draw_each("posting", places=[county for _row, _worker, county in posted], on=run.on)
    copy_rows(
        Posting,
        [
            {name: row[name] for name in POST}
            | {"number": number, "worker_id": worker, "region_id": row.get("post_region", row["region"]), "body_id": row.get("body")}
            | {"pack_version": run.policy.pack_version}
            for (row, worker, _county), number in zip(posted, drawn, strict=True)
        ],
    )
    return [str(one["number"]) for one in people]


def used_rows(entered: Numbers) -> list[str]:
    """The numbers of those who were taught, examined, or changed in any step since."""
    found = list(Worker.objects.filter(any_of("number", entered)).order_by("number").values_list("pk", "number"))
    used = referred_to(Worker, {pk for pk, _number in found}, but=(Certificate, Posting))
    changed = stepped_on("worker", entered)
    return [number for pk, number in found if pk in used or number in changed]


def undo_rows(entered: Numbers) -> None:
    """The people with the certificate and the post of their row."""
    people = list(Worker.objects.filter(any_of("number", entered)).values_list("pk", flat=True))
    for gone in (
        Posting.objects.filter(any_of("worker", people)),
        Certificate.objects.filter(any_of("worker", people)),
        Worker.objects.filter(any_of("pk", people)),
    ):
        gone._raw_delete(gone.db)  # noqa: SLF001 -- `delete` would ask every table again


WORKERS = Importable(
    key="workers",
    subject="worker",
    title=_("Workers"),
    permission=Permission.REGISTER_WORKER,
    columns=COLUMNS,
    begin=begin,
    check_rows=check_rows,
    apply_rows=apply_rows,
    used_rows=used_rows,
    undo_rows=undo_rows,
)


def _demand(draft: Draft, needed: Sequence[str], beside: Sequence[str]) -> None:
    """A certificate and a post are whole or not there."""
    asked = {remark.column for remark in draft.remarks}
    if any(name in draft.values or name in asked for name in (*needed, *beside)):
        for name in needed:
            if name not in draft.values and name not in asked:
                draft.refuse(CellEmpty(), name)


def _check_days(run: Run, draft: Draft) -> None:
    values = draft.values
    try:
        in_order("joined_on", values["joined_on"], latest=run.on)
        if "position" in values:
            in_order("since", values["since"], earliest=values["joined_on"], latest=run.on)
        if "certificate" in values:
            _check_certificate(run, draft)
    except DomainError as error:
        draft.refuse(error)


def _check_certificate(run: Run, draft: Draft) -> None:
    """A table names the last day of a registration, the register the first day without."""
    values = draft.values
    values["rank"] = run.policy.code("certificate_levels", values["level"]).extra["rank"]
    refuse_malformed(values["certificate"], run.policy)
    in_order("issued_on", values["issued_on"], latest=run.on)
    last = values.get("valid_until")
    if "registered_on" in values:
        in_order("registered_on", values["registered_on"], latest=run.on)
        until = last + timedelta(days=1) if last else None
        values["valid_until"] = registration_ends(values["issued_on"], values["registered_on"], until, run.policy)
    elif last:
        draft.refuse(CellEmpty(), "registered_on")


def _find_units(run: Run, drafts: Sequence[Draft]) -> None:
    """Stations, rooms and agencies of the county by their names. A post at a station is at the station's place."""
    homes = Region.objects.in_bulk({draft.values["region"] for draft in drafts})
    bodies = Body.objects.filter(
        name__in={draft.values["unit"] for draft in drafts},
        kind__in=(BodyKind.STATION, BodyKind.AGENCY),
        region__county__in={home.county_id for home in homes.values()},
    ).select_related("region")
    known = {(body.name, body.region.county_id): body for body in bodies}
    for draft in drafts:
        unit = draft.values.pop("unit")
        body = known.get((unit, homes[draft.values["region"]].county_id))
        if body is None or (body.kind == BodyKind.STATION and not run.scope.covers(body.region)):
            draft.refuse(UnitUnknown(text=unit), "unit")
            continue
        draft.values["body"] = body.pk
        if body.kind == BodyKind.STATION:
            draft.values["post_region"] = body.region_id


def _find_twins(run: Run, drafts: Sequence[Draft]) -> None:
    """Who is on the register under the same paper, whose certificate is, and earlier rows of the table."""
    index = {draft.line: identity_index(draft.values["identity"]) for draft in drafts}
    known = {row.identity_index: row for row in Worker.objects.filter(identity_index__in=index.values())}
    certificates = {draft.values["certificate"] for draft in drafts if "certificate" in draft.values}
    taken = set(Certificate.objects.filter(certificate__in=certificates, void_reason="").values_list("certificate", flat=True))
    for draft in drafts:
        paper, certificate = index[draft.line], draft.values.get("certificate", "")
        if paper in run.identities:
            draft.refuse(StandsTwice(line=run.identities[paper], text=_tail(draft.values["identity"])), "identity")
        elif paper in known:
            draft.twin = Twin(known[paper].number, mask_name(draft.values["name"]), Likeness.SAME_CODE, certain=True)
        elif certificate in taken:
            draft.refuse(CertificateTaken(certificate=certificate), "certificate")
        elif certificate and certificate in run.certificates:
            draft.refuse(StandsTwice(line=run.certificates[certificate], text=certificate), "certificate")
        run.identities.setdefault(paper, draft.line)
        if certificate:
            run.certificates.setdefault(certificate, draft.line)


def _seal(draft: Draft) -> None:
    """What is kept of the row until it is entered: papers as ciphertext, the family name, the ends of numbers."""
    draft.name = mask_name(draft.name)
    for remark in draft.remarks:
        if remark.column in SEALED and isinstance(getattr(remark.error, "text", None), str):
            remark.error.text = _tail(remark.error.text)  # type: ignore[attr-defined]  # checked in the line above
    if draft.is_bad:
        return
    draft.values["name_index"] = name_index(draft.values["name"])
    draft.values["identity_index"] = identity_index(draft.values["identity"])
    for name, context in SEALED.items():
        if name in draft.values:
            draft.values[name] = b64encode(encrypt(draft.values[name], context=context)).decode()


def _person(row: Mapping[str, Any]) -> dict[str, Any]:
    columns = {name: row[name] for name in ("name_index", "identity_index", "kind", "joined_on")}
    sealed = {name: b64decode(row[name]) for name in SEALED if name in row}
    return columns | sealed | {"education": row.get("education", ""), "region_id": row["region"]}


def _tail(text: str) -> str:
    return f"****{text[-TAIL:]}"
