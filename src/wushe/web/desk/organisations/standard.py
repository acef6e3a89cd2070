"""What holds for organisations that cannot register: the work standard of the place, article by article."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from wushe.accounts.queries import scope_of
from wushe.organisations.permissions import Permission
from wushe.organisations.queries import ClassFilter, guided_in
from wushe.policies.queries import Policy
from wushe.web.common.access import permission
from wushe.web.desk.organisations.reading import policy_of

STANDARD, CONDITIONS, NUMBERS = "work_standard", "filing", "filing."


@permission(Permission.VIEW_ORGANISATIONS)
def work_standard(request: Any) -> HttpResponse:
    """The standard that the policy of my place sets, its text and its rules, and how many organisations it concerns."""
    scope = scope_of(request.user, Permission.VIEW_ORGANISATIONS, request.on)
    policy = policy_of(request, scope)
    parts = _parts(policy) if policy is not None else {"policy": None}
    context = {"concerned": guided_in(scope, ClassFilter(), (), request.on).count(), **parts}
    return render(request, "desk/organisations/work_standard.html", context)


def _parts(policy: Policy) -> dict[str, Any]:
    has = STANDARD in policy.names("checklists")
    origin = policy.origin("checklists", STANDARD) if has else None
    return {
        "policy": policy,
        "at": "",
        "origin": origin,
        "items": [(item, policy.article(item.article) if item.article else None) for item in policy.checklist(STANDARD)] if has else [],
        "conditions": policy.conditions(CONDITIONS) if CONDITIONS in policy.names("conditions") else (),
        "numbers": [value for value in policy.values() if value.key.startswith(NUMBERS)],
    }
