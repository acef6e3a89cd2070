from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wushe.kernel.clock import local_date
from wushe.kernel.errors import NotFound
from wushe.ledger.queries import project_money, trace_of_expense
from wushe.oversight.queries import sees_evidence
from wushe.projects import actions as projects
from wushe.projects.models import Expense, Payment, Project, Tranche
from wushe.projects.permissions import Permission
from wushe.projects.queries import pay_by, payment_fits, project_by_number, refunds_of, request_fits, tranches_of
from wushe.projects.states import OVER, ProjectState
from wushe.web.common.access import permission, require_open, step_scope
from wushe.web.common.forms import attempt, try_or_say, typed
from wushe.web.common.listing import Listing, table_response
from wushe.web.desk.procurement.forms import ExpenseForm, InvoiceForm, ReasonForm, ReturnForm, VoucherForm
from wushe.web.desk.project_parts import with_ways
from wushe.web.desk.projects.finding import own_project


@permission(Permission.VIEW_PROJECT)
def payments(request: Any, number: str) -> HttpResponse:
    """Tranches with their payments, and all expenses."""
    project = project_by_number(number, user=request.user, at=request.at)
    agreement = getattr(project, "agreement", None)
    sees = sees_evidence(request.user, project, request.on)
    spent = project.expenses.select_related("budget_line", "need__region", "voucher") if sees else project.expenses.none()
    expenses = Listing(request, with_ways(request, spent), {"spent_on": ("-spent_on", "-pk")})
    if expenses.wants_table:
        header = [
            *(_("Number"), _("Day"), _("For what"), _("Paid to"), _("Voucher"), _("Budget line"), _("Need"), _("Amount"), _("Reversed"))
        ]
        return table_response(expenses, f"{number}-expenses", header, expenses.rows, _expense_line)
    context = {
        "project": project,
        "agreement": agreement,
        "tranches": [(tranche, _waiting_for(project, tranche) if sees else "") for tranche in tranches_of(agreement)] if agreement else [],
        "funds": project_money(project.number),
        "listing": expenses,
        "sees_evidence": sees,
        "refunds": refunds_of(project) if sees else [],
        "is_over": project.state in OVER,
        "ended": project.state == ProjectState.TERMINATED,
        "body_id": agreement.agency.body_id if agreement else None,
        "invoice": InvoiceForm(),
        "voucher": VoucherForm(),
    }
    return render(request, "desk/procurement/payments.html", context)


def _expense_line(row: Expense) -> list[Any]:
    about = [
        row.number,
        row.spent_on,
        row.memo,
        row.payee,
        row.voucher_no,
        row.budget_line.text,
        row.need.number if row.need else "",
        row.amount,
    ]
    return [*about, row.reverse_reason if row.reversed_at else ""]


@permission(Permission.REQUEST_PAYMENT)
def request_payment(request: Any, number: str, tranche: int) -> HttpResponse:
    """Ask for a tranche."""
    project = own_project(request, number)
    found = Tranche.objects.filter(agreement__project=project, number=tranche).first()
    if found is None:
        raise NotFound(kind="tranche", number=str(tranche))
    require_open(request, request_fits, project, found, request.at)
    form = InvoiceForm(typed(request))

    def act(invoice_no: str) -> Payment:
        return projects.request_payment(tranche_id=found.pk, invoice_no=invoice_no, by=request.user, at=request.at)

    title = _("Request tranche %(number)s") % {"number": found.number}
    return _one_field(request, project, form, act, title=title, done_text=_("The payment is requested."))


@permission(Permission.APPROVE_PAYMENT)
@require_POST
def approve_payment(request: Any, number: str, payment: str) -> HttpResponse:
    """Approve a request."""
    project = own_project(request, number)
    found = _payment(project, payment)
    if try_or_say(request, lambda: projects.approve_payment(payment_id=found.pk, by=request.user, at=request.at)) is not None:
        messages.success(request, _("The payment is approved. Finance is asked to pay."))
    return redirect("desk:procurement:payments", number)


@permission(Permission.PAY_TRANCHE)
def pay_tranche(request: Any, number: str, payment: str) -> HttpResponse:
    """Pay an approved tranche."""
    project = own_project(request, number)
    found = _payment(project, payment)
    require_open(request, payment_fits, project, found, "pay_tranche", request.at)
    form = VoucherForm(typed(request))

    def act(voucher_no: str) -> Payment:
        return projects.pay_tranche(payment_id=found.pk, voucher_no=voucher_no, by=request.user, at=request.at)

    title = _("Pay tranche %(number)s: %(amount)s yuan") % {"number": found.tranche.number, "amount": f"{found.amount:,.2f}"}
    about = _about(project, found)
    return _one_field(request, project, form, act, title=title, done_text=_("The tranche is paid."), explanation=about)


@permission(Permission.RETURN_PAYMENT)
def return_payment(request: Any, number: str, payment: str) -> HttpResponse:
    """Send a request back to the agency with the reason."""
    project = own_project(request, number)
    found = _payment(project, payment)
    require_open(request, payment_fits, project, found, "return_payment", request.at)
    form = ReturnForm(typed(request))

    def act(reason: str) -> Payment:
        return projects.return_payment(payment_id=found.pk, reason=reason, by=request.user, at=request.at)

    title = _("Return the request %(number)s: %(amount)s yuan") % {"number": found.number, "amount": f"{found.amount:,.2f}"}
    about = _about(project, found)
    done = _("The request is returned. The agency may ask anew.")
    return _one_field(request, project, form, act, title=title, done_text=done, explanation=about)


@permission(Permission.REQUEST_PAYMENT)
@require_POST
def withdraw_payment(request: Any, number: str, payment: str) -> HttpResponse:
    """Take back a request of the own agency."""
    project = own_project(request, number)
    found = _payment(project, payment)
    if try_or_say(request, lambda: projects.withdraw_payment(payment_id=found.pk, by=request.user, at=request.at)) is not None:
        messages.success(request, _("The request is withdrawn. The tranche can be requested anew."))
    return redirect("desk:procurement:payments", number)


@permission(Permission.RECORD_EXPENSE)
def trace_expense(request: Any, number: str, expense: str) -> HttpResponse:
    """The way of an expense for the agency that made it. To another agency it is not there."""
    project = project_by_number(number, user=request.user, at=request.at)
    own = step_scope(request).body_ids
    spent = project.expenses.filter(number=expense, project__agreement__agency__body__in=own).first()
    if spent is None:
        raise NotFound(kind="expense", number=expense)
    trace = trace_of_expense(spent.entry_number)
    return render(request, "desk/money/expense.html", {"number": expense, "trace": trace, "titles": {project.number: project.title}})


@permission(Permission.RECORD_EXPENSE)
def record_expense(request: Any, number: str) -> HttpResponse:
    """Put an expense on the book."""
    project = own_project(request, number)
    form = ExpenseForm(
        typed(request), request.FILES or None, project=project, funds=project_money(project.number), initial={"spent_on": request.on}
    )
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: projects.record_expense(project_id=project.pk, draft=form.to_draft(), by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The expense %(number)s is on the book.") % {"number": done.number})
            return redirect("desk:procurement:payments", number)
    context = {"form": form, "project": project, "title": _("Record an expense"), "submit": _("Record the expense"), "with_files": True}
    return render(request, "desk/delivery/form.html", context, status=422 if form.errors else 200)


@permission(Permission.RECORD_EXPENSE)
def reverse_expense(request: Any, number: str, expense: str) -> HttpResponse:
    """Correct a wrong expense by its mirror image."""
    project = own_project(request, number)
    found = Expense.objects.filter(project=project, number=expense).first()
    if found is None:
        raise NotFound(kind="expense", number=expense)
    form = ReasonForm(typed(request))

    def act(reason: str) -> Expense:
        return projects.reverse_expense(expense_id=found.pk, reason=reason, by=request.user, at=request.at)

    title = _("Reverse the expense %(memo)s") % {"memo": found.memo}
    return _one_field(request, project, form, act, title=title, done_text=_("The expense is reversed."))


def _payment(project: Project, number: str) -> Payment:
    found = Payment.objects.filter(tranche__agreement__project=project, number=number).select_related("tranche").first()
    if found is None:
        raise NotFound(kind="payment", number=number)
    return found


def _waiting_for(project: Project, tranche: Tranche) -> str:
    """What stands to be approved or paid, for those who press the button beside it."""
    payment = tranche.payment
    return _about(project, payment) if payment and payment.paid_at is None else ""


def _about(project: Project, payment: Payment) -> str:
    return _("Tranche %(number)s: %(amount)s yuan by the invoice %(invoice)s, to be paid by %(day)s.") % {
        "number": payment.tranche.number,
        "amount": f"{payment.amount:,.2f}",
        "invoice": payment.invoice_no,
        "day": date_format(local_date(pay_by(project, payment))),
    }


def _one_field(request: Any, project: Project, form: Any, act: Any, *, title: str, done_text: str, explanation: str = "") -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        (value,) = form.cleaned_data.values()
        if attempt(form, lambda: act(value)) is not None:
            messages.success(request, done_text)
            return redirect("desk:procurement:payments", project.number)
    context = {"form": form, "project": project, "title": title, "explanation": explanation, "submit": title}
    return render(request, "desk/delivery/form.html", context, status=422 if form.errors else 200)
