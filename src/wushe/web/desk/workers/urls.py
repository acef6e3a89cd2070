from django.urls import path

from wushe.web.desk.workers import allowances, certifying, communities, keeping, placing, posts, reading, structures

app_name = "workers"
urlpatterns = [
    path("", reading.workers, name="list"),
    path("register/", keeping.register_worker, name="register_worker"),
    path("me/", keeping.update_own_contact, name="update_own_contact"),
    path("allowances/", allowances.allowances, name="allowances"),
    path("places/", communities.communities, name="communities"),
    path("places/<str:code>/leader/", communities.leader, name="leader"),
    path("structures/", structures.structures, name="structures"),
    path("structures/<str:code>/", structures.structure, name="structure"),
    path("structures/<str:code>/record/", structures.record_term, name="record_term"),
    path("terms/<slug:number>/", structures.term, name="term"),
    path("terms/<slug:number>/withdraw/", structures.withdraw_term, name="withdraw_term"),
    path("employers/register/", posts.register_employer, name="register_employer"),
    path("posts/", posts.posts, name="posts"),
    path("posts/set-up/", posts.set_up_posts, name="set_up_posts"),
    path("posts/<slug:number>/", posts.posts_of, name="posts_of"),
    path("posts/<slug:number>/give-up/", posts.give_up_posts, name="give_up_posts"),
    path("postings/<slug:posting>/move/", placing.move_worker, name="move_worker"),
    path("postings/<slug:posting>/end/", placing.end_posting, name="end_posting"),
    path("postings/<slug:posting>/correct/", placing.correct_posting, name="correct_posting"),
    path("postings/<slug:posting>/withdraw/", placing.withdraw_posting, name="withdraw_posting"),
    path("<slug:number>/", reading.worker, name="detail"),
    path("<slug:number>/reveal/", reading.reveal_worker, name="reveal_worker"),
    path("<slug:number>/update/", keeping.update_worker, name="update_worker"),
    path("<slug:number>/release/", keeping.release_worker, name="release_worker"),
    path("<slug:number>/spells/<int:spell_id>/withdraw/", keeping.withdraw_spell, name="withdraw_spell"),
    path("<slug:number>/place/", placing.place_worker, name="place_worker"),
    path("<slug:number>/certificates/record/", certifying.record_certificate, name="record_certificate"),
    path("<slug:number>/certificates/<int:certificate_id>/renew/", certifying.renew_certificate, name="renew_certificate"),
    path("<slug:number>/certificates/<int:certificate_id>/void/", certifying.void_certificate, name="void_certificate"),
]
