"""Addresses of a visit's pages."""

from django.urls import path
from django.urls.resolvers import URLPattern

from tautband.clinic.couch import views as couch
from tautband.clinic.visit_pages import assessment, consent, note, plan, review, screening

UNDER = "clinic/<uuid:clinic>/patients/<uuid:patient>/episodes/<uuid:episode>"


def _at(address: str, view: object, name: str) -> URLPattern:
    return path(f"{UNDER}/{address}", view, name=name)  # type: ignore[call-overload,no-any-return]


urlpatterns = [
    _at("assessment/", assessment.index, "visit_assessments"),
    _at("assessment/<uuid:assessment>/", assessment.page, "visit_assessment"),
    _at("assessment/<uuid:assessment>/save/", assessment.save, "visit_assessment_save"),
    _at("assessment/<uuid:assessment>/rank/", assessment.rank, "visit_assessment_rank"),
    _at("assessment/<uuid:assessment>/examine/", assessment.examine, "visit_assessment_examine"),
    _at("assessment/<uuid:assessment>/finish/", assessment.finish, "visit_assessment_finish"),
    _at("screening/", screening.form, "visit_screenings"),
    _at("screening/follow-ups/", screening.follow_ups, "visit_follow_ups"),
    _at("screening/<uuid:screening>/", screening.result, "visit_screening"),
    _at("consent/", consent.form, "visit_consents"),
    _at("consent/<uuid:consent>/", consent.copy, "visit_consent"),
    _at("consent/<uuid:consent>/withdraw/", consent.withdraw, "visit_consent_withdraw"),
    _at("plan/", plan.form, "visit_plans"),
    _at("plan/<uuid:plan>/", plan.page, "visit_plan"),
    _at("review/", review.page, "visit_review"),
    _at("review/course.svg", review.course, "visit_review_course"),
    _at("couch/", couch.begin, "visit_couch_begin"),
    _at("couch/<uuid:session>/", couch.page, "visit_couch"),
    _at("couch/<uuid:session>/now", couch.now, "visit_couch_now"),
    _at("couch/<uuid:session>/target", couch.target, "visit_couch_target"),
    _at("couch/<uuid:session>/ahead", couch.ahead, "visit_couch_ahead"),
    _at("couch/<uuid:session>/retest", couch.retest, "visit_couch_retest"),
    _at("couch/<uuid:session>/reaction", couch.reaction, "visit_couch_reaction"),
    _at("session/<uuid:session>/note/", note.page, "visit_note"),
    _at("session/<uuid:session>/note/save", note.save, "visit_note_save"),
    _at("session/<uuid:session>/note/text", note.text, "visit_note_text"),
]
