"""A county with money: a finance officer, an accountant, an agency, source lines."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from tests.accounts.factories import make_holder, make_user
from tests.regions.factories import County, plant_county
from wushe.accounts.models import Body, BodyKind, User
from wushe.ledger.actions import Commitment, Payment, SourceDraft, Spending, commit_to_project, open_source, pay, refund, spend
from wushe.ledger.models import Entry, FundingSource
from wushe.policies.models import Pack

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
ON = date(2026, 3, 2)
PROJECT = "project-990326-2026-000001"
SECOND = "project-990326-2026-000002"
NEED = "need-990326-2026-000007"

CONTENT = {
    "code": "money",
    "version": "1",
    "title": {"zh": "示范政策", "en": "Example"},
    "codes": {
        "funding_sources": {
            "items": [
                {"code": "fiscal", "zh": "财政预算", "en": "Public budget"},
                {"code": "welfare_lottery", "zh": "福彩公益金", "en": "Welfare lottery fund"},
                {"code": "collective", "zh": "集体经济", "en": "Collective economy", "retired": True},
            ]
        }
    },
}


@dataclass(frozen=True, slots=True)
class Treasury:
    """Who moves money, and for whom."""

    county: County
    officer: User
    checker: User
    clerk: User
    agency: Body

    def source(self, amount: str = "100000", *, kind: str = "fiscal", name: str = "县级财政预算") -> FundingSource:
        draft = SourceDraft(
            kind=kind,
            name=name,
            region=self.county.county,
            year=2026,
            document_no="平财发〔2026〕3号",
            amount=Decimal(amount),
            occurred_on=ON,
        )
        return open_source(draft=draft, by=self.officer, at=AT)

    def commit(self, source: FundingSource, amount: str, project: str = PROJECT) -> Entry:
        draft = Commitment(source=source.number, project=project, amount=Decimal(amount), occurred_on=ON)
        return commit_to_project(draft=draft, by=self.officer, at=AT)

    def pay(self, source: FundingSource, amount: str, project: str = PROJECT) -> Entry:
        return pay(draft=self.payment(source, amount, project), checker=self.checker, by=self.officer, at=AT)

    def refund(self, source: FundingSource, amount: str, project: str = PROJECT) -> Entry:
        return refund(draft=self.payment(source, amount, project), maker=self.officer, by=self.checker, at=AT)

    def payment(self, source: FundingSource, amount: str, project: str = PROJECT, voucher_no: str = "付-1") -> Payment:
        return Payment(
            source=source.number,
            project=project,
            agency=self.agency,
            amount=Decimal(amount),
            subject=("payment", "payment-990326-2026-000001"),
            voucher_no=voucher_no,
            occurred_on=ON,
        )

    def spend(self, source: FundingSource, amount: str, project: str = PROJECT) -> Entry:
        return spend(draft=self.spending(source, amount, project), by=self.clerk, at=AT)

    def spending(self, source: FundingSource, amount: str, project: str = PROJECT, voucher_no: str = "支-1") -> Spending:
        return Spending(
            source=source.number,
            project=project,
            agency=self.agency,
            amount=Decimal(amount),
            subject=("expense", "expense-990326-2026-000001"),
            voucher_no=voucher_no,
            budget_line="活动材料",
            need=NEED,
            occurred_on=ON,
        )


def make_treasury() -> Treasury:
    county = plant_county()
    Pack.objects.create(
        code="money",
        version="1",
        title="示范政策",
        region=county.county,
        valid_from=date(2021, 1, 1),
        digest="a" * 64,
        content=CONTENT,
        loaded_at=AT,
    )
    agency = Body.objects.create(number="body-990326-2026-000001", name="青禾社工中心", kind=BodyKind.AGENCY, region=county.county)
    return Treasury(
        county=county,
        officer=make_holder("finance_officer", region=county.county),
        checker=make_holder("county_station", region=county.county),
        clerk=make_user("clerk"),
        agency=agency,
    )
