from django.urls import path

from wushe.web.desk.federations import keeping, reading

app_name = "federations"
urlpatterns = [
    path("", reading.federations, name="list"),
    path("<slug:number>/", reading.federation, name="detail"),
    path("<slug:number>/admit/", keeping.admit_member, name="admit_member"),
    path("<slug:number>/duties/record/", keeping.record_federation_duty, name="record_federation_duty"),
    path("<slug:number>/duties/<int:duty>/withdraw/", keeping.withdraw_federation_duty, name="withdraw_federation_duty"),
    path("<slug:number>/seat/", keeping.fill_board_seat, name="fill_board_seat"),
    path("<slug:number>/seats/<int:seat>/vacate/", keeping.vacate_board_seat, name="vacate_board_seat"),
    path("<slug:number>/members/<int:member>/", reading.member, name="member"),
    path("<slug:number>/members/<int:member>/end/", keeping.end_membership, name="end_membership"),
    path("<slug:number>/members/<int:member>/pledge/", keeping.record_pledge, name="record_pledge"),
    path("<slug:number>/members/<int:member>/review/", keeping.record_peer_review, name="record_peer_review"),
    path("<slug:number>/members/<int:member>/reviews/<int:review>/withdraw/", keeping.withdraw_peer_review, name="withdraw_peer_review"),
    path("<slug:number>/members/<int:member>/comment/", keeping.comment_on_member, name="comment_on_member"),
]
