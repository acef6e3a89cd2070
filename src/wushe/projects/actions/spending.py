from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.files.actions import store_file
from wushe.files.actions.storing import Upload
from wushe.kernel import numbers
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired, NotFound
from wushe.kernel.money import ZERO, yuan
from wushe.ledger.actions import Spending, reverse_entry, spend
from wushe.ledger.errors import AmountNotPositive
from wushe.needs.models import Need
from wushe.policies.queries import policy_for
from wushe.projects.errors import ExpenseAhead, OutsideAgreementPeriod, OverBudgetLine, VoucherUsed
from wushe.projects.models import BudgetLine, Expense, Project
from wushe.projects.permissions import Permission
from wushe.projects.queries import lock_agency, locked, needs_served_by, out_of_order
from wushe.projects.states import ProjectState

# the last tranche arrives with the end: money that was received is accounted for whenever it was
SPENDING = (
    *(ProjectState.CONTRACTED, ProjectState.DELIVERING, ProjectState.IN_ACCEPTANCE),
    *(ProjectState.ACCEPTED, ProjectState.CLOSED, ProjectState.TERMINATED),
)


@dataclass(frozen=True, slots=True)
class ExpenseDraft:
    """One voucher: what was bought from whom, on which budget line, out of which source, for which need."""

    budget_line: BudgetLine
    source: str
    amount: Decimal
    spent_on: date
    payee: str
    memo: str
    voucher_no: str
    need: Need | None = None
    voucher: Upload | None = None
    voucher_name: str = ""


@transaction.atomic
def record_expense(*, project_id: int, draft: ExpenseDraft, by: User, at: datetime) -> Expense:
    """Put an expense of the agency on the book, against the advance it has received from one source.

    Refuses: NotPermitted, StepNotAllowed, NotFound, FieldRequired, AmountNotPositive, OutsideAgreementPeriod, ExpenseAhead,
    OverBudgetLine, VoucherUsed, AdvanceExhausted, and what `store_file` refuses of the voucher.
    Effects: an Expense; its voucher as a File; an entry in the book; audit.
    """
    project = locked(project_id)
    on = local_date(at)
    agreement = getattr(project, "agreement", None)
    require(by, Permission.RECORD_EXPENSE, on, body_id=agreement.agency.body_id if agreement else None)
    _check(project, draft, at)
    number = numbers.draw("expense", place=project.region.county_code, on=on)
    spending = Spending(
        source=draft.source,
        project=project.number,
        agency=project.agreement.agency.body,
        amount=yuan(draft.amount),
        subject=("expense", number),
        voucher_no=draft.voucher_no,
        budget_line=draft.budget_line.text,
        occurred_on=draft.spent_on,
        need=draft.need.number if draft.need else "",
        memo=draft.memo,
    )
    entry = spend(draft=spending, by=by, at=at)
    record(
        by=by,
        at=at,
        verb="projects.expense_recorded",
        subject=("project", project.number),
        name=project.title,
        data={"expense": number, "amount": str(spending.amount)},
    )
    return Expense.objects.create(
        number=number,
        project=project,
        agency=project.agreement.agency,
        budget_line=draft.budget_line,
        need=draft.need,
        amount=spending.amount,
        spent_on=draft.spent_on,
        payee=draft.payee.strip(),
        memo=draft.memo.strip(),
        voucher_no=draft.voucher_no.strip(),
        voucher=store_file(upload=draft.voucher, name=draft.voucher_name, by=by, at=at) if draft.voucher else None,
        entry_number=entry.number,
        recorded_by=by,
        at=at,
    )


@transaction.atomic
def reverse_expense(*, expense_id: int, reason: str, by: User, at: datetime) -> Expense:
    """Correct a wrong expense by its mirror image; the voucher number is free again.

    Refuses: NotPermitted, FieldRequired, EntryAlreadyReversed.
    Effects: the Expense's reversal; a correcting entry in the book; audit.
    """
    project = locked(Expense.objects.values_list("project_id", flat=True).get(pk=expense_id))
    expense = Expense.objects.get(pk=expense_id)
    require(by, Permission.RECORD_EXPENSE, local_date(at), body_id=project.agreement.agency.body_id)
    reverse_entry(entry_number=expense.entry_number, reason=reason, occurred_on=local_date(at), by=by, at=at)
    expense.reversed_at, expense.reverse_reason = at, reason.strip()
    expense.save(update_fields=["reversed_at", "reverse_reason"])
    data = {"expense": expense.number, "reason": reason.strip()}
    record(by=by, at=at, verb="projects.expense_reversed", subject=("project", project.number), name=project.title, data=data)
    return expense


def _check(project: Project, draft: ExpenseDraft, at: datetime) -> None:
    on = local_date(at)
    if project.state not in SPENDING:
        raise out_of_order(project, "record_expense", at)
    for name in ("payee", "memo", "voucher_no"):
        if not getattr(draft, name).strip():
            raise FieldRequired(name=name)
    if yuan(draft.amount) <= ZERO:
        raise AmountNotPositive(amount=draft.amount)
    agreement = project.agreement
    if not agreement.starts_on <= draft.spent_on <= agreement.ends_on:
        raise OutsideAgreementPeriod(day=draft.spent_on, starts_on=agreement.starts_on, ends_on=agreement.ends_on)
    if draft.spent_on > on:
        raise ExpenseAhead(day=draft.spent_on)
    _refuse_strangers(project, draft)
    _refuse_used(project, draft.voucher_no.strip())
    spent = Expense.objects.filter(reversed_at__isnull=True, budget_line=draft.budget_line).aggregate(total=Sum("amount", default=ZERO))[
        "total"
    ]
    if spent + yuan(draft.amount) > draft.budget_line.amount:
        source = policy_for(project.region, on).origin("codes", "budget_categories").source
        raise OverBudgetLine(left=draft.budget_line.amount - spent, wanted=yuan(draft.amount), source=source)


def _refuse_strangers(project: Project, draft: ExpenseDraft) -> None:
    """An expense belongs to a line of its own project, and to a need that it serves or served."""
    if draft.budget_line.project_id != project.pk:
        raise NotFound(kind="budget_line", number=draft.budget_line.text)
    if draft.need is not None and not needs_served_by(project).filter(pk=draft.need.pk).exists():
        raise NotFound(kind="need", number=draft.need.number)


def _refuse_used(project: Project, voucher_no: str) -> None:
    """A paper is an expense of one project: the agency is held, so that another of its projects does not take the number at this moment."""
    agency = project.agreement.agency
    lock_agency(agency)
    living = Expense.objects.filter(agency=agency, voucher_no=voucher_no, reversed_at__isnull=True)
    used = living.select_related("project").order_by("pk").first()
    if used is not None:
        raise VoucherUsed(voucher_no=voucher_no, expense=used.number, project=used.project.title)
