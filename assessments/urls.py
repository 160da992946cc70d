"""The assessment: asking, the result, and what changed over time."""

from __future__ import annotations

from django.urls import path

from assessments.views import history, questions, results, whole

urlpatterns = [
    path("assessment/", questions.assessment, name="assessment"),
    path("assessment/ask/<slug:kind>/<slug:key>/", questions.assessment_ask, name="assessment-ask"),
    path("assessment/whole/", whole.assessment_whole, name="assessment-whole"),
    path("assessment/finish/", questions.assessment_finish, name="assessment-finish"),
    path("assessment/retake/", questions.assessment_retake, name="assessment-retake"),
    path("assessment/history/", history.assessment_history, name="assessment-history"),
    path("assessment/levels/", history.assessment_levels, name="assessment-levels"),
    path("assessment/<int:assessment_id>/", results.assessment_result, name="assessment-result"),
    path("assessment/<int:assessment_id>/delete/", history.assessment_delete, name="assessment-delete"),
]
