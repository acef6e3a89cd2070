from django.urls import path

from wushe.web.desk.needs import answering, board, reading, verdicts

app_name = "needs"
urlpatterns = [
    path("", reading.needs, name="list"),
    path("board/", board.board, name="board"),
    path("<slug:number>/", reading.need, name="detail"),
    path("<slug:number>/decline/", answering.decline_need, name="decline_need"),
    path("<slug:number>/duplicate/", answering.mark_duplicate, name="mark_duplicate"),
    path("<slug:number>/contact/", answering.reveal_contact, name="reveal_contact"),
    path("<slug:number>/verdict/", verdicts.record_verdict, name="record_verdict"),
    path("<slug:number>/contest/", verdicts.record_contest, name="record_contest"),
    path("<slug:number>/attempt/", verdicts.attempt_verdict, name="attempt_verdict"),
    path("<slug:number>/close/", verdicts.close_without_verdict, name="close_without_verdict"),
]
