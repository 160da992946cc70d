"""The assessment: asking, the result, and what changed over time."""

from __future__ import annotations

from django.urls import path

from assessments.views import asking, history, results, whole

urlpatterns = [
    path("assessment/", asking.assessment, name="assessment"),
    path("assessment/ask/<slug:kind>/<slug:key>/", asking.ask, name="ask"),
    path("assessment/whole/", whole.whole_assessment, name="whole_assessment"),
    path("assessment/finish/", asking.finish_assessment, name="finish_assessment"),
    path("assessment/retake/", asking.retake_assessment, name="retake_assessment"),
    path("assessment/history/", history.history, name="history"),
    path("assessment/levels/", history.proposed_levels, name="proposed_levels"),
    path("assessment/<int:assessment_id>/", results.result, name="result"),
    path("assessment/<int:assessment_id>/delete/", history.delete_assessment, name="delete_assessment"),
]
