from django.urls import path

from wushe.web.desk.oversight import evaluating, rounds, satisfaction, supervising

app_name = "oversight"
urlpatterns = [
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/open/", rounds.open_round, name="open-round"),
    path("rounds/<str:number>/", rounds.round_, name="round"),
    path("<str:number>/supervise/", supervising.supervise_project, name="supervise-project"),
    path("<str:number>/supervise/waive/", supervising.waive_supervision, name="waive-supervision"),
    path("<str:number>/looks/<str:look>/", supervising.supervision, name="supervision"),
    path("<str:number>/looks/<str:look>/answer/", supervising.answer_findings, name="answer-findings"),
    path("<str:number>/looks/<str:look>/second/", supervising.hold_second_look, name="hold-second-look"),
    path("<str:number>/satisfaction/", satisfaction.open_satisfaction, name="open-satisfaction"),
    path("<str:number>/sheets/", satisfaction.sheets, name="sheets"),
    path("<str:number>/sheets/print/", satisfaction.print_sheets, name="print-sheets"),
    path("<str:number>/answers/enter/", satisfaction.enter_paper_answer, name="enter-paper-answer"),
    path("<str:number>/evaluator/", evaluating.appoint_evaluator, name="appoint-evaluator"),
    path("<str:number>/conflict/", evaluating.declare_conflict, name="declare-conflict"),
    path("<str:number>/evaluate/", evaluating.evaluate_project, name="evaluate-project"),
    path("<str:number>/report/", evaluating.report, name="report"),
    path("<str:number>/accept/", evaluating.accept_project, name="accept-project"),
]
