"""The needs as a register that takes tables: what communities wrote down before, on paper or in Excel. What rows say of people is sealed at once."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext_lazy as _

from wushe.accounts.models import User
from wushe.accounts.queries import Scope
from wushe.imports.errors import NotAPhone
from wushe.imports.queries import Places, referred_to, sending_places, stepped_on
from wushe.imports.rules import cells
from wushe.imports.rules.importable import Column, Draft, Importable, Likeness, Numbers, Twin
from wushe.imports.rules.lists import Lists
from wushe.inbox.actions import Asked, ask_each, forget_each
from wushe.kernel import numbers
from wushe.kernel.bus import publish
from wushe.kernel.clock import POLICY_ZONE, local_date
from wushe.kernel.copying import copy_rows
from wushe.kernel.encryption import blind_index, encrypt
from wushe.kernel.errors import NotPermitted
from wushe.kernel.identifiers import TAIL
from wushe.kernel.receipts import receipt_code
from wushe.kernel.rows import any_of
from wushe.needs.actions.reporting import RECEIPT_CODE, SHORTEST_WISH, respond_by
from wushe.needs.errors import ConsentMissing, PhoneReasonMissing, PlaceTooWide, ReportedLater, WishTooShort
from wushe.needs.events import NeedReported
from wushe.needs.models import Need
from wushe.needs.models.need import ADDRESS, LONGEST_WISH, PERSON, PHONE, RECEIPT
from wushe.needs.permissions import Permission
from wushe.needs.queries import subject_of
from wushe.needs.queries.receipts import LOOK_BACK
from wushe.policies.queries import Policy, policy_for
from wushe.regions.models import Level, Region

LISTS = {"field": "service_fields", "group": "client_groups", "urgency": "urgency_levels", "source": "need_sources"}
SEALED = {"person": PERSON, "phone": PHONE, "address": ADDRESS}
TOLD_AT = time(12)

COLUMNS = (
    Column("wish", _("Wish"), cells.text(LONGEST_WISH), required=True, also=("诉求内容", "需求内容", "诉求", "需求", "需求描述")),
    Column("region", _("Place"), cells.plain, required=True, also=("所属社区", "所在社区", "社区", "村（社区）", "所属地区")),
    Column("person", _("Resident"), cells.text(80), required=True, also=("姓名", "居民姓名", "服务对象", "反映人")),
    Column("field", _("Service field"), cells.word, required=True, also=("需求类别", "需求类型", "服务类别", "领域")),
    Column("group", _("Group"), cells.word, required=True, also=("人群类别", "对象类别", "服务人群")),
    Column("urgency", _("Urgency"), cells.word, required=True, also=("紧急程度", "缓急程度")),
    Column("source", _("Way in"), cells.word, required=True, also=("需求来源", "来源渠道", "收集方式", "来源")),
    Column(
        "consent",
        _("The resident agrees to the record"),
        cells.yes_or_no,
        required=True,
        help=_("Yes or no. A need may be kept only of who agreed to it."),
        also=("是否同意", "同意登记", "知情同意", "是否授权"),
    ),
    Column("phone", _("Phone"), cells.phone, also=("联系电话", "手机", "手机号", "电话")),
    Column("no_phone_reason", _("Why there is no phone"), cells.text(120), also=("无电话原因", "无手机原因")),
    Column("address", _("Address"), cells.text(200), also=("家庭住址", "详细地址", "住址")),
    Column("reported_on", _("Reported"), cells.day, also=("反映日期", "登记日期", "收集日期", "走访日期", "日期")),
)


@dataclass(slots=True)
class Run:
    """What the rows of one import share. `told` is where in the table a resident's need of a field stands."""

    by: User
    at: datetime
    on: date
    scope: Scope
    places: Places
    policy: Policy
    lists: Lists
    told: dict[str, int] = field(default_factory=dict)


def begin(by: User, at: datetime) -> Run:
    """The sender's places, and the words of the policy that they share."""
    on = local_date(at)
    scope = sending_places(by, Permission.RECORD_NEED, on)
    policy = policy_for(scope.common_place, on)
    lists = Lists({name: policy.codes(codes) for name, codes in LISTS.items()})
    return Run(by, at, on, scope, Places(scope), policy, lists)


def check_rows(run: Run, drafts: Sequence[Draft]) -> None:
    """Everything that recording a need would refuse, and which needs are known already; then the people are sealed."""
    run.places.look_up(draft.values["region"] for draft in drafts if "region" in draft.values)
    for draft in drafts:
        place = run.places.settle(draft)
        if place is not None and place.level < Level.COMMUNITY:
            draft.refuse(PlaceTooWide(place=place.name), "region")
        run.lists.settle(draft)
        _check(run, draft)
    _find_twins(run, [draft for draft in drafts if not draft.is_bad])
    for draft in drafts:
        _seal(draft)


def apply_rows(run: Run, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Needs, each with its clock and its to-do on the desk of the town."""
    homes = Region.objects.select_related("town").in_bulk({row["region"] for row in rows})
    if not all(run.scope.covers(home) for home in homes.values()):
        raise NotPermitted(permission=Permission.RECORD_NEED)
    counties = [homes[row["region"]].county_code for row in rows]
    drawn = numbers.draw_each("need", places=counties, on=run.on)
    due = {urgency: respond_by(run.policy, urgency, run.at) for urgency in {row["urgency"] for row in rows}}
    needs = [_need(run, row) | {"number": number, "due_at": due[row["urgency"]]} for row, number in zip(rows, drawn, strict=True)]
    ids = copy_rows(Need, needs)
    asked = []
    for key, need in zip(ids, needs, strict=True):
        home = homes[need["region_id"]]
        subject = subject_of(Need(number=need["number"], wish=need["wish"]))
        asked.append(Asked(subject, home.town or home, due_at=need["due_at"]))
        publish(NeedReported(need_id=key, at=run.at.isoformat()))
    ask_each(step="triage_need", asked=asked, permission=Permission.TRIAGE_NEED, at=run.at)
    return drawn


def used_rows(entered: Numbers) -> list[str]:
    """The numbers of those that went into a project, were answered, or changed in any step since."""
    found = list(Need.objects.filter(any_of("number", entered)).order_by("number").values_list("pk", "number"))
    used = referred_to(Need, {pk for pk, _number in found})
    changed = stepped_on("need", entered)
    return [number for pk, number in found if pk in used or number in changed]


def undo_rows(entered: Numbers) -> None:
    """The needs with their to-dos."""
    forget_each("need", entered)
    gone = Need.objects.filter(any_of("number", entered))
    gone._raw_delete(gone.db)  # noqa: SLF001 -- `delete` would ask every table again


NEEDS = Importable(
    key="needs",
    subject="need",
    title=_("Needs"),
    permission=Permission.RECORD_NEED,
    columns=COLUMNS,
    begin=begin,
    check_rows=check_rows,
    apply_rows=apply_rows,
    used_rows=used_rows,
    undo_rows=undo_rows,
)


def _check(run: Run, draft: Draft) -> None:
    """What the form of a need asks, too."""
    values = draft.values
    if len(values.get("wish", "").strip()) < SHORTEST_WISH and "wish" in values:
        draft.refuse(WishTooShort(minimum=SHORTEST_WISH), "wish")
    if values.pop("consent", True) is False:
        draft.refuse(ConsentMissing(), "consent")
    if values.get("reported_on", run.on) > run.on:
        draft.refuse(ReportedLater(latest=run.on), "reported_on")
    if "phone" in values:
        values.pop("no_phone_reason", None)
    elif "no_phone_reason" not in values and not any(remark.column == "phone" for remark in draft.remarks):
        draft.refuse(PhoneReasonMissing(), "no_phone_reason")


def _find_twins(run: Run, drafts: Sequence[Draft]) -> None:
    """Recent needs of the same resident in the same field, on record or in earlier rows. Proposed to a person, never merged."""
    if not drafts:
        return
    for draft in drafts:
        values = draft.values
        values["person_index"] = blind_index("".join(values["person"].split()), context=PERSON)
        values["phone_index"] = blind_index(values["phone"], context=PHONE) if "phone" in values else ""
    recent = Need.objects.filter(run.scope.within(), created_at__gte=run.at - LOOK_BACK, duplicate_of__isnull=True)
    people = {draft.values["person_index"] for draft in drafts}
    known = {
        _key(need["person_index"], need["phone_index"], need["field"], need["region_id"]): need
        for need in recent.filter(any_of("person_index", people)).values(
            "number", "wish", "person_index", "phone_index", "field", "region_id"
        )
    }
    for draft in drafts:
        values = draft.values
        key = _key(values["person_index"], values["phone_index"], values["field"], values["region"])
        if key in known:
            draft.twin = Twin(known[key]["number"], known[key]["wish"], Likeness.SAME_PERSON)
        elif key in run.told:
            draft.twin = Twin("", draft.name, Likeness.SAME_PERSON, line=run.told[key])
        run.told.setdefault(key, draft.line)


def _key(person: str, phone: str, service: str, region: int) -> str:
    """Who wants what: by phone, or, without one, by the name in the community."""
    return f"{person} {phone or region} {service}"


def _seal(draft: Draft) -> None:
    """What is kept of the row until it is entered: who it is only as ciphertext, of digits that are no phone the last ones."""
    for remark in draft.remarks:
        if remark.column == "phone" and isinstance(remark.error, NotAPhone):
            remark.error.text = f"****{remark.error.text[-TAIL:]}"
    for name, context in SEALED.items():
        if name in draft.values:
            clear = draft.values.pop(name)
            if not draft.is_bad:
                draft.values[name] = b64encode(encrypt(clear.strip(), context=context)).decode()
                if name == "phone":
                    draft.values["phone_tail"] = clear[-TAIL:]


def _need(run: Run, row: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a need, by the table's own names."""
    token = uuid4()
    code = receipt_code(token, context=RECEIPT_CODE)
    told = row.get("reported_on")
    reported = min(datetime.combine(date.fromisoformat(told), TOLD_AT, POLICY_ZONE), run.at) if told else run.at
    kept = ("wish", "field", "group", "urgency", "source", "person_index", "phone_index", "phone_tail", "no_phone_reason")
    return (
        {name: row.get(name, "") for name in kept}
        | {name: b64decode(row[name]) if name in row else None for name in SEALED}
        | {
            "region_id": row["region"],
            "pack_version": run.policy.pack_version,
            "recorded_by_id": run.by.pk,
            "receipt": blind_index(code, context=RECEIPT),
            "submission": token,
            "consent_at": reported,
            "created_at": reported,
            "state_changed_at": run.at,
        }
    )
