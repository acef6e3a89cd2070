from django.urls import path

from wushe.web.desk.training import attending, organising, reading

app_name = "training"
urlpatterns = [
    path("", reading.courses, name="courses"),
    path("plan/", organising.plan_training, name="plan_training"),
    path("open/", organising.open_course, name="open_course"),
    path("agencies/", reading.agencies, name="agencies"),
    path("people/", reading.people, name="people"),
    path("attend/", attending.confirm_attendance, name="confirm_attendance"),
    path("sessions/<slug:number>/", reading.session, name="session"),
    path("sessions/<slug:number>/cancel/", organising.cancel_session, name="cancel_session"),
    path("sessions/<slug:number>/attendance/", attending.record_attendance, name="record_attendance"),
    path("sessions/<slug:number>/attendance/<int:attendance_id>/withdraw/", attending.withdraw_attendance, name="withdraw_attendance"),
    path("sessions/<slug:number>/screen/", attending.screen, name="screen"),
    path("sessions/<slug:number>/sheet/", attending.sheet, name="sheet"),
    path("<slug:number>/", reading.course, name="course"),
    path("<slug:number>/cost/", organising.record_course_cost, name="record_course_cost"),
    path("<slug:number>/schedule/", organising.schedule_session, name="schedule_session"),
]
