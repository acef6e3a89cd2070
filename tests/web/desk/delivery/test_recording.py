"""Recording a service on the desk."""

from django.urls import reverse

from tests.cast import Cast
from tests.stories import HELD, delivering, held
from tests.web.moments import opened_at
from wushe.services.models import Activity


def test_a_line_without_a_name_is_refused_beside_its_field_and_others_are_kept(cast: Cast, as_user):
    project = delivering(cast)
    manager, address = as_user(cast.managers[0]), reverse("desk:delivery:record-activity", args=[project.number])
    typed = {
        "kind": "activity",
        "title": "集中服务",
        "held_on": HELD.date().isoformat(),
        "region": cast.county.communities[0].pk,
        "counted": "0",
    }
    with opened_at(HELD):
        refused = manager.post(address, typed | {"persons": "李桂兰，13800138000\n，"})
        manager.post(address, typed | {"persons": "李桂兰，13800138000\n\n王秀英"})
        too_much = [
            manager.post(address, typed | {"persons": "王秀英"} | much).status_code
            for much in ({"counted": "99999999999"}, {"volunteer_persons": "99999999999"}, {"volunteer_hours": "99999999"})
        ]
    assert too_much == [422, 422, 422]
    assert refused.status_code == 422
    assert "第2行没有姓名" in refused.content.decode()
    assert Activity.objects.get().attendances.count() == 2


def test_the_file_of_the_records_names_their_kinds(cast: Cast, as_user):
    project = delivering(cast)
    held(cast, project)
    answer = as_user(cast.reviewer).get(reverse("desk:delivery:activities", args=[project.number]), {"format": "csv"})
    assert ",活动," in b"".join(answer.streaming_content).decode().splitlines()[1]
