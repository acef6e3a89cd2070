from django.urls import path

from wushe.web.desk.filings import batches, deciding, entering, papers, reading

app_name = "filings"
urlpatterns = [
    path("", reading.filings, name="list"),
    path("record/", entering.record_application, name="record_application"),
    path("batches/", batches.batches, name="batches"),
    path("batches/<slug:number>/", batches.batch, name="batch"),
    path("batches/<slug:number>/receive/", batches.receive_batch, name="receive_batch"),
    path("batches/<slug:number>/receipt.pdf", papers.receipt, name="receipt"),
    path("report/<slug:code>/", batches.freeze_batch, name="freeze_batch"),
    path("<slug:number>/", reading.filing, name="detail"),
    path("<slug:number>/review/", deciding.review_application, name="review_application"),
    path("<slug:number>/decide/", deciding.decide_filing, name="decide_filing"),
    path("<slug:number>/correct/", entering.correct_application, name="correct_application"),
    path("<slug:number>/mend/", entering.mend_filing, name="mend_filing"),
    path("<slug:number>/roster/", reading.reveal_roster, name="reveal_roster"),
    path("<slug:number>/application.pdf", papers.application, name="application"),
    path("<slug:number>/certificate.pdf", papers.certificate, name="certificate"),
]
