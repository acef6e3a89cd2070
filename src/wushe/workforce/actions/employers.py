from datetime import datetime

from django.db import transaction

from wushe.accounts.actions import create_body
from wushe.accounts.models import BodyKind, User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired
from wushe.policies.queries import policy_for
from wushe.regions.models import Region
from wushe.workforce.errors import EmployerExists
from wushe.workforce.models import Employer
from wushe.workforce.permissions import Permission


@transaction.atomic
def register_employer(*, name: str, kind: str, region: Region, by: User, at: datetime) -> Employer:
    """Enter an office or institution, so that posts can be set up there and people placed in them.

    Refuses: NotPermitted, FieldRequired, UnknownCode, EmployerExists.
    Effects: a Body and its Employer; an audit entry.
    Policy: the code list `employer_kinds`.
    """
    on, name = local_date(at), name.strip()
    require(by, Permission.REGISTER_EMPLOYER, on, region=region)
    if not name:
        raise FieldRequired(name="name")
    policy = policy_for(region, on)
    code = policy.code("employer_kinds", kind).code
    # two at once wait here, and the second sees the first
    Region.objects.select_for_update(no_key=True).get(pk=region.pk)
    if Employer.objects.filter(region=region, body__name=name).exists():
        raise EmployerExists(name=name)
    body = create_body(name=name, kind=BodyKind.OFFICE, region=region, by=by, at=at)
    employer = Employer.objects.create(body=body, region=region, kind=code, pack_version=policy.pack_version)
    record(
        by=by,
        at=at,
        verb=Permission.REGISTER_EMPLOYER,
        subject=("body", body.number),
        name=name,
        data={"kind": code, "region": region.code},
    )
    return employer
