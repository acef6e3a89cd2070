from django.urls import path

from wushe.web.desk.custody import keeping, reading

app_name = "custody"
urlpatterns = [
    path("", reading.accounts, name="list"),
    path("open/", keeping.open_custody, name="open_custody"),
    path("<slug:number>/", reading.account, name="account"),
    path("<slug:number>/entry/", keeping.record_custody_entry, name="record_custody_entry"),
    path("<slug:number>/entries/<slug:entry>/approve/", keeping.approve_custody_entry, name="approve_custody_entry"),
    path("<slug:number>/entries/<slug:entry>/refuse/", keeping.refuse_custody_entry, name="refuse_custody_entry"),
    path("<slug:number>/close/", keeping.close_custody, name="close_custody"),
]
