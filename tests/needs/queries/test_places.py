from datetime import date

import pytest

from wushe.accounts.queries import Scope
from wushe.needs.errors import NoPlaceToRecord
from wushe.needs.queries import places_to_record
from wushe.regions.models import Region


def test_needs_are_recorded_in_every_community_of_today(cast):
    home, other = cast.place.communities[:2]
    Region.objects.filter(pk=home.pk).update(counts_for_coverage=False)
    Region.objects.filter(pk=other.pk).update(valid_until=date(2026, 1, 1))
    found = places_to_record(Scope(regions=(cast.place.town,)))
    assert next(iter(found.values())) == (home.pk, "明德街道 东风社区")
    assert other.code not in found
    with pytest.raises(NoPlaceToRecord):
        places_to_record(Scope(regions=(other,)))
