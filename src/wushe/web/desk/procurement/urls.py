from django.urls import path

from wushe.web.desk.procurement import agreeing, awarding, bidding, disqualifying, panel, paying

app_name = "procurement"
urlpatterns = [
    path("<str:number>/bid/", bidding.submit_bid, name="submit-bid"),
    path("<str:number>/bid/withdraw/", bidding.withdraw_bid, name="withdraw-bid"),
    path("<str:number>/experts/", panel.appoint_experts, name="appoint-experts"),
    path("<str:number>/experts/<int:seat>/release/", panel.release_expert, name="release-expert"),
    path("<str:number>/experts/leave/", panel.ask_for_release, name="ask-for-release"),
    path("<str:number>/open/", panel.open_bids, name="open-bids"),
    path("<str:number>/bids/", disqualifying.bids, name="bids"),
    path("<str:number>/bids/<str:bid>/disqualify/", disqualifying.disqualify_bid, name="disqualify-bid"),
    path("<str:number>/interests/", panel.declare_interests, name="declare-interests"),
    path("<str:number>/score/", panel.score_bids, name="score-bids"),
    path("<str:number>/award/", awarding.award_tender, name="award-tender"),
    path("<str:number>/objections/", awarding.objections, name="objections"),
    path("<str:number>/objections/new/", awarding.raise_objection, name="raise-objection"),
    path("<str:number>/objections/<str:objection>/", awarding.answer_objection, name="answer-objection"),
    path("<str:number>/agreement/new/", agreeing.draw_up_agreement, name="draw-up-agreement"),
    path("<str:number>/agreement/", agreeing.agreement, name="agreement"),
    path("<str:number>/agreement/versions/<int:version>/", agreeing.agreement_version, name="agreement-version"),
    path("<str:number>/agreement/redraw/", agreeing.redraw_agreement, name="redraw-agreement"),
    path("<str:number>/agreement/sign/", agreeing.sign_agreement, name="sign-agreement"),
    path("<str:number>/agreement/amend/", agreeing.amend_agreement, name="amend-agreement"),
    path("<str:number>/agreement/amend/<str:amendment>/sign/", agreeing.sign_amendment, name="sign-amendment"),
    path("<str:number>/agreement/amend/<str:amendment>/withdraw/", agreeing.withdraw_amendment, name="withdraw-amendment"),
    path("<str:number>/payments/", paying.payments, name="payments"),
    path("<str:number>/payments/<int:tranche>/request/", paying.request_payment, name="request-payment"),
    path("<str:number>/payments/<str:payment>/approve/", paying.approve_payment, name="approve-payment"),
    path("<str:number>/payments/<str:payment>/pay/", paying.pay_tranche, name="pay-tranche"),
    path("<str:number>/payments/<str:payment>/return/", paying.return_payment, name="return-payment"),
    path("<str:number>/payments/<str:payment>/withdraw/", paying.withdraw_payment, name="withdraw-payment"),
    path("<str:number>/expenses/new/", paying.record_expense, name="record-expense"),
    path("<str:number>/expenses/<str:expense>/", paying.trace_expense, name="trace-expense"),
    path("<str:number>/expenses/<str:expense>/reverse/", paying.reverse_expense, name="reverse-expense"),
]
