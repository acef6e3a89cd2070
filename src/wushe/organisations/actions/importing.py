"""The register of organisations as one that takes tables."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from wushe.accounts.actions import NewBody, create_bodies
from wushe.accounts.models import Body, BodyKind, User
from wushe.accounts.queries import Scope
from wushe.imports.errors import NotInList, StandsTwice, ValueAssumed
from wushe.imports.queries import Places, referred_to, sending_places, stepped_on
from wushe.imports.rules import cells
from wushe.imports.rules.importable import Column, Draft, Importable, Likeness, Numbers, Twin
from wushe.kernel import numbers
from wushe.kernel.clock import local_date
from wushe.kernel.copying import copy_rows
from wushe.kernel.errors import DomainError, NotPermitted
from wushe.kernel.rows import any_of
from wushe.organisations.actions.days import refuse_disorder
from wushe.organisations.actions.register import BODY_KINDS, Profile, refuse_profile
from wushe.organisations.models import Kind, Organisation, PurposeClass
from wushe.organisations.permissions import Permission
from wushe.organisations.queries import growing_kinds
from wushe.policies.queries import Policy, policy_for
from wushe.regions.models import Region

DAYS = ("founded_on", "preparing_on", "filed_on", "registered_on")
LISTS = {"kind": "organisation_kinds", "purpose_class": "organisation_purposes", "service_fields": "service_fields"}
# what offices write for the kinds that rules name, beside the words of the policy
KIND_WORDS: dict[str, tuple[str, ...]] = {
    Kind.AGENCY: ("社会工作服务机构", "社工服务机构", "社工机构", "社会工作机构", "民办社会工作服务机构", "social-work agency"),
    Kind.COMMUNITY_ORGANISATION: ("社区社会组织", "社区组织", "社会组织", "备案社会组织", "community organisation"),
    Kind.FEDERATION: ("社区社会组织联合会", "联合会", "federation"),
    Kind.EVALUATOR: ("第三方评估机构", "评估机构", "third-party evaluator"),
}
BRACKETS = (str.maketrans("（）", "()"), str.maketrans("()", "（）"))

COLUMNS = (
    Column("name", _("Name"), cells.text(120), required=True, also=("机构名称", "组织名称", "单位名称", "社会组织名称", "全称")),
    Column(
        "kind",
        _("Kind"),
        cells.word,
        required=True,
        help=_("As the policy names the kinds: social-work agency, community organisation …"),
        also=("类型", "组织类型", "机构类型", "组织类别", "机构类别"),
    ),
    Column(
        "region",
        _("Seat"),
        cells.plain,
        required=True,
        help=_("The town or community, by name or code; with the town before it where two communities have one name."),
        also=(
            "所在社区",
            "所属社区",
            "村（社区）",
            "社区",
            "所在地区",
            "所属区域",
            "所属镇街",
            "区划代码",
            "注册地",
            "地址",
            "地点",
            "Place",
            "Community or village",
        ),
    ),
    Column(
        "purpose_class",
        _("Purpose class"),
        cells.word,
        help=_("Service, public benefit, mutual help, culture and sport, other."),
        also=("宗旨类别", "组织宗旨", "组织性质", "分类", "活动类别", "Purpose"),
    ),
    Column(
        "service_fields",
        _("Fields of activity"),
        cells.words,
        help=_("As the policy names them, several separated by 、"),
        also=("服务领域", "业务范围", "服务范围", "业务领域", "Service fields"),
    ),
    Column("uscc", _("Unified social credit code"), cells.credit_code, also=("社会信用代码", "信用代码", "机构代码", "统一代码")),
    Column("founded_on", _("Founded on"), cells.day, required=True, also=("成立日期", "成立时间", "设立日期", "成立年月")),
    Column("preparing_on", _("Began to prepare on"), cells.day, also=("筹备日期", "筹备时间", "筹建日期", "Preparing since")),
    Column("filed_on", _("Filed on"), cells.day, also=("备案日期", "备案时间")),
    Column("registered_on", _("Registered on"), cells.day, also=("登记日期", "登记时间", "注册日期", "登记成立日期")),
    Column("professionals", _("Licensed social workers"), cells.count(9999), also=("持证社工", "持证社工人数", "社工人数", "专业社工")),
    Column("professionals_as_of", _("Number known on"), cells.day, also=("人数截止日期", "截止日期", "统计日期")),
    Column(
        "professionals_evidence",
        _("Seen on"),
        cells.text(300),
        help=_("Which paper shows the number."),
        also=("人数依据", "依据材料", "证明材料"),
    ),
    Column("members", _("Members"), cells.count(1_000_000), also=("成员数", "会员数")),
    Column("premises", _("Place of activity"), cells.text(120), also=("活动场所", "活动地点", "办公场所")),
    Column("has_charter", _("Has a charter"), cells.yes_or_no, also=("是否有章程", "有无章程")),
    Column("has_head", _("Has a head"), cells.yes_or_no, also=("是否有负责人", "有无负责人")),
    Column("funds", _("Funds"), cells.yuan, also=("资金", "活动资金", "注册资金", "开办资金"), help=_("In yuan, or with 万.")),
    Column("staff", _("Staff"), cells.count(9999), also=("专职人数", "工作人员", "工作人员数", "从业人数")),
    Column(
        "accountant_certificate",
        _("Certificate of the accountant"),
        cells.text(60),
        also=("会计证书编号", "会计证号", "财务人员证书", "会计资格证"),
    ),
    Column("party_organisation", _("Has a party organisation"), cells.yes_or_no, also=("是否建立党组织", "党组织", "党建情况")),
)


@dataclass(slots=True)
class Run:
    """What the rows of one import share."""

    by: User
    on: date
    scope: Scope
    places: Places
    known: dict[str, dict[str, str]]
    growing: tuple[str, ...]
    codes: dict[str, int] = field(default_factory=dict)
    names: dict[tuple[str, int | None], int] = field(default_factory=dict)


def begin(by: User, at: datetime) -> Run:
    """The sender's places, and the words of the policy that they share."""
    on = local_date(at)
    scope = sending_places(by, Permission.REGISTER_ORGANISATION, on)
    policy = policy_for(scope.common_place, on)
    return Run(by, on, scope, Places(scope), _words(policy), growing_kinds(policy))


def check_rows(run: Run, drafts: Sequence[Draft]) -> None:
    """Everything that `register_organisation` would refuse, and what the register or the table has already."""
    run.places.look_up(draft.values["region"] for draft in drafts if "region" in draft.values)
    for draft in drafts:
        region = run.places.settle(draft)
        for name in LISTS:
            _translate(run, draft, name)
        if not draft.is_bad and region is not None:
            _refuse_as_the_register_would(run, draft, region)
    _find_twins(run, [draft for draft in drafts if not draft.is_bad])


def apply_rows(run: Run, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Organisations with their bodies."""
    regions = Region.objects.in_bulk({row["region"] for row in rows})
    for region in regions.values():
        if not run.scope.covers(region):
            raise NotPermitted(permission=Permission.REGISTER_ORGANISATION)
    seats = [regions[row["region"]] for row in rows]
    bodies = create_bodies(
        drafts=[
            NewBody(row["name"], BODY_KINDS.get(row["kind"], BodyKind.ORGANISATION), seat) for row, seat in zip(rows, seats, strict=True)
        ],
        on=run.on,
    )
    drawn = numbers.draw_each("organisation", places=[seat.county_code for seat in seats], on=run.on)
    made = [
        {**row, "number": number, "body_id": body, "region_id": seat.pk, **_grown(run, row)}
        for row, number, seat, body in zip(rows, drawn, seats, bodies, strict=True)
    ]
    copy_rows(Organisation, made)
    return drawn


def used_rows(entered: Numbers) -> list[str]:
    """The names of those with sanctions, posts, bids, projects, or a step of their own since."""
    rows = Organisation.objects.filter(any_of("number", entered)).order_by("number").values_list("pk", "body_id", "number", "name")
    found = list(rows)
    used = referred_to(Organisation, {pk for pk, *_rest in found})
    used_bodies = referred_to(Body, {body for _pk, body, *_rest in found}, but=(Organisation,))
    changed = stepped_on("organisation", entered)
    return [name for pk, body, number, name in found if pk in used or body in used_bodies or number in changed]


def undo_rows(entered: Numbers) -> None:
    """The organisations and their bodies. Nothing refers to them, and the database would refuse if something did."""
    rows = Organisation.objects.filter(any_of("number", entered))
    bodies = list(rows.values_list("body_id", flat=True))
    for gone in (rows, Body.objects.filter(any_of("pk", bodies))):
        gone._raw_delete(gone.db)  # noqa: SLF001 -- `delete` would ask every table again


ORGANISATIONS = Importable(
    key="organisations",
    subject="organisation",
    title=_("Organisations"),
    permission=Permission.REGISTER_ORGANISATION,
    columns=COLUMNS,
    begin=begin,
    check_rows=check_rows,
    apply_rows=apply_rows,
    used_rows=used_rows,
    undo_rows=undo_rows,
)


def _grown(run: Run, row: Mapping[str, Any]) -> dict[str, str]:
    """A filed or registered team comes in as the community organisation that it has become."""
    if row["kind"] not in run.growing or not {"filed_on", "registered_on"} & row.keys():
        return {}
    return {"kind": Kind.COMMUNITY_ORGANISATION, "grown_from": row["kind"]}


def _words(policy: Policy) -> dict[str, dict[str, str]]:
    """By column: what a cell may say → code, in both languages."""
    lists = {
        name: [code for code in policy.codes(codes) if not code.retired] if codes in policy.code_lists() else []
        for name, codes in LISTS.items()
    }
    known = {name: {_key(word): code.code for code in codes for word in (code.zh, code.en, code.code)} for name, codes in lists.items()}
    # the register has these classes and no others, whatever a list calls them
    known["purpose_class"] = {word: code for word, code in known["purpose_class"].items() if code in PurposeClass}
    known["kind"] |= {_key(word): str(code) for code, words in KIND_WORDS.items() for word in (*words, code)}
    return known


def _translate(run: Run, draft: Draft, name: str) -> None:
    """The words of a cell to codes of the policy."""
    given = draft.values.get(name)
    if given is None:
        return
    words = given if isinstance(given, list) else [given]
    unknown = [word for word in words if _key(word) not in run.known[name]]
    if unknown:
        known = tuple({code: word for word, code in reversed(run.known[name].items()) if not word.isascii()}.values())[::-1]
        draft.refuse(NotInList(text="、".join(unknown), known=known), name)
        return
    codes = [run.known[name][_key(word)] for word in words]
    draft.values[name] = list(dict.fromkeys(codes)) if isinstance(given, list) else codes[0]


def _refuse_as_the_register_would(run: Run, draft: Draft, region: Region) -> None:
    values = draft.values
    if "purpose_class" not in values:
        values["purpose_class"] = PurposeClass.OTHER
        draft.doubt(ValueAssumed(), "purpose_class")
    profile = Profile(region=region, **{name: value for name, value in values.items() if name in Profile.__slots__ and name != "region"})
    try:
        refuse_disorder(run.on, **{name: values.get(name) for name in DAYS})
        refuse_profile(profile, registered="registered_on" in values, on=run.on)
    except DomainError as error:
        draft.refuse(error)


def _find_twins(run: Run, drafts: Sequence[Draft]) -> None:
    """What the register has with the same code or the same name in the county, and earlier rows of the table."""
    codes = {draft.values["uscc"] for draft in drafts if "uscc" in draft.values}
    living = Organisation.objects.filter(deregistered_on__isnull=True)
    by_code = {row.uscc: row for row in living.filter(uscc__in=codes).exclude(uscc="")}
    seats = Region.objects.in_bulk({draft.values["region"] for draft in drafts})
    spellings = {spelling for draft in drafts for spelling in _spellings(draft.values["name"])}
    counties = {seat.county_id for seat in seats.values()}
    alike = living.filter(name__in=spellings, region__county__in=counties).select_related("region")
    by_name = {(_bare(row.name), row.region.county_id): row for row in alike}
    for draft in drafts:
        name = (_bare(draft.values["name"]), seats[draft.values["region"]].county_id)
        code = draft.values.get("uscc", "")
        if code in run.codes:
            draft.refuse(StandsTwice(line=run.codes[code], text=code), "uscc")
        elif code in by_code:
            draft.twin = Twin(by_code[code].number, by_code[code].name, Likeness.SAME_CODE, certain=True)
        elif name in by_name:
            draft.twin = Twin(by_name[name].number, by_name[name].name, Likeness.SAME_NAME)
        elif name in run.names:
            draft.twin = Twin("", draft.values["name"], Likeness.EARLIER_ROW, line=run.names[name])
        if code:
            run.codes.setdefault(code, draft.line)
        run.names.setdefault(name, draft.line)


def _key(word: str) -> str:
    """服务类, 服务性 and 服务型 are one word."""
    return word.lower().rstrip("类性型")


def _bare(name: str) -> str:
    return unicodedata.normalize("NFKC", name).replace(" ", "").lower()


def _spellings(name: str) -> set[str]:
    return {name, *(name.translate(table) for table in BRACKETS)}
