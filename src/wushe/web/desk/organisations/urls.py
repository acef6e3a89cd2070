from django.urls import path

from wushe.web.desk.organisations import gaps, guiding, keeping, living, rates, reading

app_name = "organisations"
urlpatterns = [
    path("", reading.organisations, name="list"),
    path("register/", keeping.register_organisation, name="register_organisation"),
    path("rates/", rates.rates, name="rates"),
    path("rates/<slug:rate>/", rates.rate, name="rate"),
    path("gaps/", gaps.gaps, name="gaps"),
    path("gaps/<slug:code>/", gaps.gap, name="gap"),
    path("classes/", guiding.classes, name="classes"),
    path("visits/<slug:visit>/", guiding.record_guidance, name="record_guidance"),
    path("<slug:number>/guidance/", guiding.plan_guidance, name="plan_guidance"),
    path("<slug:number>/", reading.organisation, name="detail"),
    path("<slug:number>/update/", keeping.update_organisation, name="update_organisation"),
    path("<slug:number>/amend/", keeping.amend_organisation, name="amend_organisation"),
    path("<slug:number>/prepare/", living.begin_preparing, name="begin_preparing"),
    path("<slug:number>/file/", living.record_filing, name="record_filing"),
    path("<slug:number>/renew/", living.renew_filing, name="renew_filing"),
    path("<slug:number>/registration/", living.record_registration, name="record_registration"),
    path("<slug:number>/deregister/", living.deregister_organisation, name="deregister_organisation"),
]
