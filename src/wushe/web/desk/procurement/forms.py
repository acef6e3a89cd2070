from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wushe.accounts.models import Body, BodyKind, User
from wushe.kernel.money import shown
from wushe.ledger.queries import SourceMoney
from wushe.needs.models import Need
from wushe.policies.queries import TrancheRule
from wushe.projects.actions import (
    AgreementDraft,
    AmendmentDraft,
    AwardDraft,
    BidDraft,
    ExpenseDraft,
    RefundDraft,
    ScoreDraft,
    TeamMember,
    TrancheDraft,
)
from wushe.projects.models import Bid, BudgetLine, Project, Tender, Tranche, Trigger
from wushe.projects.queries import computed_points, given_criteria, needs_served_by
from wushe.projects.queries.tenders import Ranked
from wushe.web.common import words
from wushe.web.common.forms import DateInput, Form
from wushe.web.common.templatetags.wushe import label

TEAM_ROWS = 6
TRANCHE_ROWS = 6
TRIGGERS = {
    Trigger.SIGNED: _("When both sides have signed"),
    Trigger.MIDTERM_PASS: _("When the mid-term supervision is passed"),
    Trigger.FINAL_PASS: _("When the project is accepted"),
}


class BidForm(Form):
    """An offer: price, plan, team."""

    price = forms.DecimalField(label=_("Price in yuan"), min_value=Decimal("0.01"), max_digits=14, decimal_places=2)
    plan = forms.CharField(
        label=_("Service plan"),
        help_text=_("How the needs are met, by whom, when."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=6000,
    )
    team = forms.CharField(
        label=_("Team"),
        help_text=_("One person a line: name, role, certificate, separated by commas."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def to_draft(self) -> BidDraft:
        """The values for the action."""
        data = self.cleaned_data
        return BidDraft(data["price"], data["plan"], tuple(_member(line) for line in data["team"].splitlines() if line.strip()))


class ExpertsForm(Form):
    """Who sits on the panel."""

    experts = forms.ModelMultipleChoiceField(User.objects.none(), label=_("Review experts"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, holders: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["experts"].queryset = holders


class InterestsForm(Form):
    """Whether an expert has an interest in a bidder."""

    has_conflict = forms.TypedChoiceField(
        label=_("Have you an interest in one of the bidders, or a close tie to one?"),
        choices=[("no", _("No")), ("yes", _("Yes"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    conflict = forms.CharField(label=_("Which one"), max_length=500, required=False)


@dataclass(frozen=True, slots=True)
class Blind:
    """A bid as experts see it: a letter instead of the bidder."""

    letter: str
    bid: Bid


class ScoresForm(Form):
    """One expert's points for every bid under every criterion that is not computed."""

    def __init__(self, *args: Any, bids: Sequence[Blind], tender: Tender, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bids, self.criteria, self.given = bids, tender.criteria, given_criteria(tender)
        self.computed = computed_points(tender, [each.bid for each in bids])
        for each in bids:
            for row in self.given:
                self.fields[f"points_{each.bid.pk}_{row['code']}"] = forms.DecimalField(
                    label=f"{each.letter} · {label(row)}",
                    min_value=0,
                    max_value=Decimal(row["max_points"]),
                    decimal_places=1,
                    required=False,
                )

    def rows(self) -> list[dict[str, Any]]:
        """Criteria as rows, bidders as columns: a field each, or the points where they are computed."""
        return [
            {"criterion": row, "computed": [self.computed[each.bid.pk, row["code"]] for each in self.bids]}
            if row not in self.given
            else {"criterion": row, "cells": [self[f"points_{each.bid.pk}_{row['code']}"] for each in self.bids]}
            for row in self.criteria
        ]

    def scores(self) -> list[ScoreDraft]:
        """The points that were given."""
        found = []
        for each in self.bids:
            for row in self.given:
                points = self.cleaned_data.get(f"points_{each.bid.pk}_{row['code']}")
                if points is not None:
                    found.append(ScoreDraft(each.bid.pk, row["code"], points))
        return found


class DisqualifyForm(Form):
    """The ground of the law, and what is wrong with this bid."""

    ground = forms.ChoiceField(label=_("Ground"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"), help_text=_("The bidder reads it."), widget=forms.Textarea(attrs={"rows": 3}), max_length=500
    )

    def __init__(self, *args: Any, grounds: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = [
            (each.code.code, f"{label(each.code)} · {words.source(each.article.source)}") for each in grounds if not each.code.retired
        ]


class AwardForm(Form):
    """Which bid wins, and why."""

    bid = forms.ChoiceField(label=_("Award to"), widget=forms.RadioSelect)
    reasons = forms.CharField(label=_("Reasons"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1500)
    against_ranking = forms.CharField(
        label=_("Why not the first of the ranking"), help_text=_("Only when another bid wins."), max_length=500, required=False
    )

    def __init__(self, *args: Any, rows: Iterable[Ranked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ranked = list(rows)
        self.fields["bid"].choices = [(str(row.bid.pk), f"{row.place}. {row.bid.agency.name} · {row.total}") for row in ranked]
        for row in ranked:
            self.fields[f"lost_{row.bid.pk}"] = forms.CharField(
                label=_("To %(agency)s, if it does not win") % {"agency": row.bid.agency.name},
                help_text=_("The bidder alone reads it, beside its own points. Left empty: the reasons above."),
                widget=forms.Textarea(attrs={"rows": 2}),
                max_length=1000,
                required=False,
                initial=_why_lost(row, ranked) if row.place > 1 else "",
            )

    def to_draft(self) -> AwardDraft:
        """The values for the action."""
        data = self.cleaned_data
        lost = {int(name.removeprefix("lost_")): text for name, text in data.items() if name.startswith("lost_")}
        return AwardDraft(int(data["bid"]), data["reasons"], data["against_ranking"], lost)


class TextForm(Form):
    """One text."""

    text = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 5}), max_length=2000)


class AnswerForm(Form):
    """The county's answer to an objection."""

    upheld = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[
            ("no", _("The objection is not justified, the award stands")),
            ("yes", _("The objection is justified, the award is withdrawn")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(label=_("Answer"), widget=forms.Textarea(attrs={"rows": 5}), max_length=2000)


class AgreementForm(Form):
    """What is decided when the agreement is drawn up."""

    purchaser = forms.ModelChoiceField(Body.objects.none(), label=_("Purchaser"))
    starts_on = forms.DateField(label=_("From"), widget=DateInput())
    ends_on = forms.DateField(label=_("Until"), widget=DateInput())

    def __init__(self, *args: Any, project: Project, rules: Sequence[TrancheRule | Tranche], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = Body.objects.filter(kind__in=[BodyKind.OFFICE, BodyKind.STATION], region__in=project.region.ancestor_ids)
        self.fields["purchaser"].queryset = bodies.order_by("region__level", "name")
        for index in range(TRANCHE_ROWS):
            rule = rules[index] if index < len(rules) else None
            self.fields[f"percent_{index}"] = forms.DecimalField(
                label="%", min_value=0, max_value=100, decimal_places=2, required=False, initial=rule.percent if rule else None
            )
            self.fields[f"trigger_{index}"] = forms.ChoiceField(
                label=_("Paid when"), choices=[("", "—"), *TRIGGERS.items()], required=False, initial=rule.trigger if rule else ""
            )

    def rows(self) -> list[dict[str, Any]]:
        """The tranche rows, for the table."""
        return [{"percent": self[f"percent_{index}"], "trigger": self[f"trigger_{index}"]} for index in range(TRANCHE_ROWS)]

    def clean(self) -> dict[str, Any]:
        """A percent has its trigger."""
        data = super().clean() or {}
        for index in range(TRANCHE_ROWS):
            if bool(data.get(f"percent_{index}")) != bool(data.get(f"trigger_{index}")):
                self.add_error(f"percent_{index}", _("Fill in the whole line, or empty it."))
        return data

    def to_draft(self) -> AgreementDraft:
        """The values for the action."""
        data = self.cleaned_data
        filled = [index for index in range(TRANCHE_ROWS) if data.get(f"percent_{index}")]
        tranches = tuple(TrancheDraft(data[f"percent_{index}"], data[f"trigger_{index}"]) for index in filled)
        return AgreementDraft(data["purchaser"], data["starts_on"], data["ends_on"], tranches)


class RedrawForm(AgreementForm):
    """An agreement drawn up again, and why."""

    reason = forms.CharField(
        label=_("Reason"), help_text=_("Both sides read it."), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )


class AmendmentForm(Form):
    """What a signed agreement is to become."""

    ends_on = forms.DateField(label=_("New last day"), widget=DateInput(), required=False)
    price = forms.DecimalField(label=_("New price in yuan"), min_value=Decimal("0.01"), max_digits=14, decimal_places=2, required=False)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)

    def to_draft(self) -> AmendmentDraft:
        """The values for the action."""
        return AmendmentDraft(**self.cleaned_data)


class WithdrawForm(Form):
    """Why an amendment is taken back."""

    reason = forms.CharField(
        label=_("Reason"), help_text=_("Both sides read it."), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )


class InvoiceForm(Form):
    """The agency's invoice."""

    invoice_no = forms.CharField(label=_("Invoice number"), max_length=60)


class VoucherForm(Form):
    """The payment's voucher."""

    voucher_no = forms.CharField(label=_("Voucher number"), max_length=60)


class ReturnForm(Form):
    """What the agency has to put right."""

    reason = forms.CharField(
        label=_("Reason"), help_text=_("The agency reads it and asks anew."), widget=forms.Textarea(attrs={"rows": 3}), max_length=300
    )


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=300)


class RefundForm(Form):
    """Unspent money of one source that came back."""

    source = forms.ChoiceField(label=_("Back to which source"))
    amount = forms.DecimalField(label=_("Amount in yuan"), min_value=Decimal("0.01"), max_digits=14, decimal_places=2)
    refunded_on = forms.DateField(label=_("Day on which it came back"), widget=DateInput())
    voucher_no = forms.CharField(label=_("Number of the bank's paper or of the voucher"), max_length=60)
    reason = forms.CharField(label=_("Why it was not spent"), widget=forms.Textarea(attrs={"rows": 3}), max_length=300)
    paper = forms.FileField(label=_("Photo or scan of the paper"), required=False)

    def __init__(self, *args: Any, funds: Iterable[SourceMoney], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = _unspent(funds)

    def to_draft(self) -> RefundDraft:
        """The values for the action, with the paper still on its way."""
        paper = self.cleaned_data["paper"]
        return RefundDraft(**self.cleaned_data, paper_name=paper.name if paper else "")


class ExpenseForm(Form):
    """One voucher of the agency."""

    budget_line = forms.ModelChoiceField(queryset=BudgetLine.objects.none(), label=_("Budget line"))
    source = forms.ChoiceField(label=_("Out of which source"))
    amount = forms.DecimalField(label=_("Amount in yuan"), min_value=Decimal("0.01"), max_digits=14, decimal_places=2)
    spent_on = forms.DateField(label=_("Day"), widget=DateInput())
    payee = forms.CharField(label=_("Paid to"), max_length=120)
    memo = forms.CharField(label=_("For what"), max_length=300)
    voucher_no = forms.CharField(label=_("Voucher number"), max_length=60)
    voucher = forms.FileField(label=_("Photo or scan of the voucher"), required=False)
    need = forms.ModelChoiceField(
        queryset=Need.objects.none(), label=_("For which need"), required=False, empty_label=_("For the project as a whole")
    )

    def __init__(self, *args: Any, project: Project, funds: Iterable[SourceMoney], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["budget_line"].queryset = project.budget_lines.order_by("position")
        self.fields["source"].choices = _unspent(funds)
        self.fields["need"].queryset = needs_served_by(project)
        self.fields["need"].label_from_instance = lambda need: f"{need.number} {need.wish[:24]}"

    def to_draft(self) -> ExpenseDraft:
        """The values for the action, with the voucher still on its way."""
        voucher = self.cleaned_data["voucher"]
        return ExpenseDraft(**self.cleaned_data, voucher_name=voucher.name if voucher else "")


def _unspent(funds: Iterable[SourceMoney]) -> list[tuple[str, str]]:
    """The sources of which the agency has money in hand, with how much."""
    return [(row.source.number, f"{row.source.name} · {shown(row.money.advanced)}") for row in funds if row.money.advanced > 0]


def _why_lost(row: Ranked, ranked: Sequence[Ranked]) -> str:
    return _("Place %(place)s of %(of)s with %(total)s points; the first has %(best)s.") % {
        "place": row.place,
        "of": len(ranked),
        "total": row.total,
        "best": ranked[0].total,
    }


def _member(line: str) -> TeamMember:
    parts = [part.strip() for part in line.replace("，", ",").replace("、", ",").split(",")]
    return TeamMember(parts[0], parts[1] if len(parts) > 1 else "", parts[2] if len(parts) > 2 else "")
