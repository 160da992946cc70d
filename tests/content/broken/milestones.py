"""Milestones that somebody could not reach."""

from __future__ import annotations

from tests.content.broken import Case

CASES: list[Case] = [
    (
        "milestones.yaml",
        "feed-starter.requires",
        ["first-loaf"],
        "milestones.yaml: feed-starter.requires: a cycle of prerequisites: feed-starter → first-loaf → feed-starter",
    ),
    (
        "milestones.yaml",
        "first-loaf.requires",
        ["first-loaf"],
        "milestones.yaml: first-loaf.requires: a cycle of prerequisites: first-loaf → first-loaf",
    ),
    (
        "milestones.yaml",
        "bread-diary.roles",
        {"bread-baker": 0, "pastry-chef": 0},
        "milestones.yaml: bread-diary.roles: matters to no role, so nobody can reach it",
    ),
    (
        "milestones.yaml",
        "bread-diary.always",
        True,
        "milestones.yaml: bread-diary.always: only for a milestone of some goals or situations",
    ),
    (
        "milestones.yaml",
        "feed-starter.finishes",
        ["bread-book", "dough-video"],
        "milestones.yaml: feed-starter.finishes: 'dough-video' is not among its resources",
    ),
    (
        "milestones.yaml",
        "first-loaf.requires",
        ["baguette-week"],
        "milestones.yaml: first-loaf.requires: 'baguette-week' stands in a later phase\n"
        "milestones.yaml: first-loaf.requires: a cycle of prerequisites: first-loaf → baguette-week → first-loaf",
    ),
    (
        "milestones.yaml",
        "first-loaf.requires",
        ["cold-proof"],
        "milestones.yaml: first-loaf.requires: 'cold-proof' stands in a later phase",
    ),
    (
        "milestones.yaml",
        "sell-ten.requires",
        ["bread-diary"],
        "milestones.yaml: sell-ten.requires: 'bread-diary' is a companion; the main track must not wait for it",
    ),
    (
        "milestones.yaml",
        "sell-ten.requires",
        ["find-a-room"],
        "milestones.yaml: sell-ten.requires: 'find-a-room' is for fewer goals, so some cannot reach this one",
    ),
    (
        "milestones.yaml",
        "cost-a-loaf.requires",
        ["trial-shift"],
        "milestones.yaml: cost-a-loaf.requires: 'trial-shift' is for fewer goals, so some cannot reach this one\n"
        "milestones.yaml: cost-a-loaf.requires: 'trial-shift' is for fewer situations, so some cannot reach this one",
    ),
    (
        "milestones.yaml",
        "feed-starter.after",
        ["first-loaf"],
        "milestones.yaml: feed-starter.after: a cycle of what comes after what: "
        "feed-starter → first-loaf → feed-starter",
    ),
    (
        "milestones.yaml",
        "feed-starter.proof_for",
        {"shopkeeper": 3},
        "milestones.yaml: feed-starter.proof_for: it proves a class of 'shopkeeper', to whom it does not matter",
    ),
    (
        "milestones.yaml",
        "feed-starter.after",
        ["no-such-thing"],
        "milestones.yaml: feed-starter.after: unknown id 'no-such-thing' in milestones",
    ),
]
