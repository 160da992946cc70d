"""The reader of statements bites: what names its owner passes, what does not is found, with its place."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.models import Model

from accounts.models import User
from accounts.owned import Owned
from roadmap.models import ChecklistItem, Milestone, Roadmap, ShareLink
from tests.factories import make_link, make_roadmap
from tests.owners import EXEMPT, ROOT, Reader
from tests.statements import TABLES, lacking

OWNED = [
    # By the ORM
    'SELECT "roadmap_roadmap"."id" FROM "roadmap_roadmap" WHERE "roadmap_roadmap"."owner_id" = %s LIMIT 21',
    'SELECT 1 FROM "roadmap_roadmap" WHERE ("roadmap_roadmap"."id" = %s AND "roadmap_roadmap"."owner_id" IN (%s, %s))',
    'SELECT 1 FROM "roadmap_checklistitem" INNER JOIN "roadmap_milestone" T3 ON ("roadmap_checklistitem"."milestone_id"'
    ' = T3."id" AND "roadmap_checklistitem"."owner_id" = T3."owner_id") WHERE "roadmap_checklistitem"."owner_id" = %s',
    'SELECT 1 FROM "roadmap_sharelink" LEFT OUTER JOIN "roadmap_roadmap" ON ("roadmap_sharelink"."roadmap_id" ='
    ' "roadmap_roadmap"."id" AND "roadmap_sharelink"."owner_id" = ("roadmap_roadmap"."owner_id"))'
    ' INNER JOIN "accounts_user" ON ("roadmap_sharelink"."owner_id" = "accounts_user"."id")'
    ' WHERE ("roadmap_sharelink"."owner_id" = %s AND NOT ("roadmap_sharelink"."assessment_id" IS NULL)) FOR UPDATE',
    'SELECT 1 FROM "roadmap_roadmap" WHERE ("roadmap_roadmap"."owner_id" = %s AND "roadmap_roadmap"."id" IN'
    ' (SELECT U0."roadmap_id" FROM "roadmap_sharelink" U0 WHERE U0."owner_id" = %s)) FOR UPDATE OF "roadmap_roadmap"',
    'SELECT 1 FROM "roadmap_roadmap" WHERE (("roadmap_roadmap"."id" IN (%s) AND "roadmap_roadmap"."owner_id" = %s) OR'
    ' "roadmap_roadmap"."owner_id" = %s)',
    'SELECT 1 FROM "roadmap_roadmap" WHERE "roadmap_roadmap"."owner_id" = %s AND EXISTS(SELECT 1 AS "a" FROM'
    ' "roadmap_event" U0 WHERE (U0."roadmap_id" = "roadmap_roadmap"."id"'
    ' AND U0."owner_id" = "roadmap_roadmap"."owner_id"))',
    'UPDATE "roadmap_milestone" SET "skipped_at" = %s WHERE ("roadmap_milestone"."id" = %s AND'
    ' "roadmap_milestone"."owner_id" = %s)',
    'DELETE FROM "accounts_sentform" WHERE ("accounts_sentform"."owner_id" = %s AND "accounts_sentform"."at" < %s)',
    'INSERT INTO "roadmap_event" ("roadmap_id", "owner_id", "kind") VALUES (%s, %s, %s), (%s, %s, %s) RETURNING "id"',
    'INSERT OR IGNORE INTO "assessments_declinedlevel" ("owner_id", "skill") VALUES (%s, %s)',
    'INSERT INTO "assessments_declinedlevel" ("owner_id", "skill") VALUES (%s, %s) ON CONFLICT ("owner_id", "skill")'
    ' DO UPDATE SET "skill" = EXCLUDED."skill"',
    'SELECT 1 FROM "roadmap_milestone" WHERE "roadmap_milestone"."owner_id" = %s'
    ' GROUP BY "roadmap_milestone"."id", "roadmap_milestone"."owner_id", "roadmap_milestone"."title_ko"',
    # Written out
    "UPDATE roadmap_roadmap SET version = version + 1 WHERE id = %s AND owner_id = %s",
    "SELECT m.id FROM roadmap_milestone m JOIN roadmap_phase p ON p.id = m.phase_id AND p.owner_id = m.owner_id"
    " LEFT JOIN roadmap_checklistitem i ON i.milestone_id = m.id AND i.owner_id = m.owner_id"
    " WHERE m.roadmap_id = %s AND m.owner_id = %s GROUP BY p.id, p.owner_id, m.id, m.owner_id ORDER BY m.position",
    "WITH counted AS (SELECT m.id, m.owner_id FROM roadmap_milestone AS m WHERE m.owner_id = %s)"
    " SELECT COUNT(i.id) FROM counted c JOIN roadmap_checklistitem i ON i.owner_id = c.owner_id",
    "WITH ticked AS (UPDATE roadmap_checklistitem SET done_at = %s WHERE id = %s AND owner_id = %s RETURNING owner_id)"
    " UPDATE roadmap_roadmap r SET version = version + 1 FROM ticked t WHERE r.id = %s AND r.owner_id = t.owner_id",
    "SELECT 1 FROM roadmap_event WHERE owner_id = 7 UNION ALL SELECT 1 FROM roadmap_event WHERE owner_id = %s",
    "SELECT 1 FROM (SELECT owner_id FROM roadmap_event WHERE owner_id = %s) e, roadmap_phase p"
    " WHERE p.owner_id = e.owner_id",
    "INSERT INTO roadmap_event (owner_id, kind) SELECT m.owner_id, %s FROM roadmap_milestone m WHERE m.owner_id = %s",
    # Nobody's
    'SELECT 1 FROM "content_milestonetemplate" GROUP BY "content_milestonetemplate"."id"',
    'SELECT 1 FROM "accounts_user" WHERE "accounts_user"."id" = %s',
    "SAVEPOINT s1",
    "SELECT 'FROM roadmap_roadmap'",
]

NOT_OWNED = {
    "nothing": 'SELECT 1 FROM "roadmap_roadmap"',
    "the id alone": 'SELECT 1 FROM "roadmap_roadmap" WHERE "roadmap_roadmap"."id" = %s',
    "the owner as a column": "SELECT r.owner_id FROM roadmap_roadmap r WHERE r.id = %s",
    "anybody else's": 'SELECT 1 FROM "roadmap_roadmap" WHERE NOT ("roadmap_roadmap"."owner_id" = %s)',
    "or else": "SELECT 1 FROM roadmap_roadmap r WHERE r.owner_id = %s OR r.id = %s",
    "or else, further in": "SELECT 1 FROM roadmap_roadmap r WHERE r.id = %s AND (r.owner_id = %s OR (r.pack = %s))",
    "later owners": "SELECT 1 FROM roadmap_roadmap r WHERE r.owner_id >= %s",
    "no owner": "SELECT 1 FROM assessments_assessment a WHERE a.owner_id IS NULL",
    "owners from elsewhere": "SELECT 1 FROM roadmap_roadmap r WHERE r.owner_id IN (SELECT id FROM accounts_user)",
    "the owner's name": "SELECT 1 FROM roadmap_roadmap r JOIN accounts_user u ON u.id = r.owner_id WHERE u.name = %s",
    "joined by id": "SELECT 1 FROM roadmap_milestone m JOIN roadmap_phase p ON p.id = m.phase_id WHERE m.owner_id = %s",
    "two without": "SELECT 1 FROM roadmap_milestone m JOIN roadmap_phase p ON p.owner_id = m.owner_id WHERE m.id = %s",
    "the optional one alone": "SELECT 1 FROM roadmap_milestone m LEFT JOIN roadmap_checklistitem i"
    " ON i.milestone_id = m.id AND i.owner_id = m.owner_id AND i.owner_id = %s",
    "a comma": "SELECT 1 FROM roadmap_milestone m, roadmap_phase p WHERE m.owner_id = %s AND p.id = m.phase_id",
    "further in": "SELECT 1 FROM roadmap_roadmap r WHERE r.owner_id = %s AND r.id IN (SELECT id FROM roadmap_event)",
    "around": "SELECT 1 FROM roadmap_roadmap r WHERE r.id IN (SELECT id FROM roadmap_event WHERE owner_id = %s)",
    "its name": "SELECT 1 FROM roadmap_event e WHERE e.owner_id = %s AND EXISTS(SELECT 1 FROM roadmap_event e)",
    "the second half": "SELECT 1 FROM roadmap_event WHERE owner_id = %s UNION ALL SELECT 1 FROM roadmap_event",
    "what is named before": "WITH c AS (SELECT id FROM roadmap_milestone) SELECT 1 FROM c",
    "beside that": "WITH c AS (SELECT 1 FROM roadmap_event WHERE owner_id = %s) SELECT 1 FROM c, roadmap_phase",
    "a new owner": 'UPDATE "assessments_assessment" SET "owner_id" = %s WHERE "assessments_assessment"."id" = %s',
    "ids": 'DELETE FROM "roadmap_event" WHERE "roadmap_event"."id" IN (%s, %s)',
    "an insert": 'INSERT INTO "roadmap_event" ("roadmap_id", "kind") VALUES (%s, %s)',
    "what an insert takes": "INSERT INTO roadmap_event (owner_id) SELECT owner_id FROM roadmap_phase WHERE id = %s",
    "a group by the id": "SELECT m.title_ko FROM roadmap_milestone m WHERE m.owner_id = %s GROUP BY m.id",
    "a group by two ids": "SELECT 1 FROM roadmap_milestone m JOIN roadmap_phase p ON p.owner_id = m.owner_id"
    " WHERE m.owner_id = %s GROUP BY p.id, m.id, m.owner_id",
    "a text": "SELECT 1 FROM roadmap_roadmap WHERE title_en = 'owner_id = 7'",
}


@pytest.mark.once
@pytest.mark.parametrize("sql", OWNED)
def test_what_names_its_owner_passes(sql: str) -> None:
    assert lacking(sql) == ()


@pytest.mark.once
@pytest.mark.parametrize("sql", NOT_OWNED.values(), ids=NOT_OWNED)
def test_what_names_no_owner_is_found(sql: str) -> None:
    assert len(lacking(sql)) >= 1


@pytest.mark.once
def test_what_is_missing_is_named_with_its_table() -> None:
    both = "SELECT 1 FROM roadmap_milestone m JOIN roadmap_phase p ON p.id = m.phase_id GROUP BY m.id, m.owner_id"
    assert lacking(both) == ("roadmap_milestone (m): no owner", "roadmap_phase (p): no owner")


# Whose statement it is


def ask(file: str, program: str, **names: Any) -> Reader:
    """What a reader finds while a file of that name asks."""
    reader = Reader()
    around, connection.execute_wrappers = connection.execute_wrappers, [reader]
    try:
        exec(compile(program, str(ROOT / file), "exec"), names)
    finally:
        connection.execute_wrappers = around
    return reader


@pytest.mark.django_db
def test_a_statement_of_the_product_is_found_with_its_place_and_a_tests_own_is_not(ana: User) -> None:
    roadmap = make_roadmap(ana)
    program = "def look():\n    return list(rows.all())\nlook()"
    rows = Roadmap.objects.all()
    assert ask("tests/made_up.py", program, rows=rows).places == {}
    found = ask("roadmap/made_up.py", program, rows=rows)
    assert list(found.places) == ["roadmap/made_up.py:look"]
    assert "roadmap_roadmap (roadmap_roadmap): no owner" in found.told()
    assert ask("roadmap/made_up.py", program, rows=Roadmap.objects.owned_by(ana)).places == {}
    assert ask("roadmap/migrations/made_up.py", program, rows=rows).places == {}
    # A row that was read looks again by its owner, whoever wants it to.
    assert ask("roadmap/made_up.py", "roadmap.refresh_from_db()", roadmap=roadmap).places == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "program",
    [
        "list(roadmap.milestones.all())",
        "list(Milestone.objects.filter(roadmap=roadmap).select_related('phase'))",
        "ChecklistItem.objects.filter(roadmap=roadmap).count()",
        "roadmap.share_links.get().roadmap.title",
        "ShareLink.objects.filter(roadmap=roadmap).exclude(assessment=None).exists()",
        "roadmap.row().update(title_en='Another')",
    ],
)
def test_whoever_begins_with_a_row_names_its_owner_without_a_thought(ana: User, program: str) -> None:
    roadmap = make_roadmap(ana)
    make_link(roadmap)
    names = {"Milestone": Milestone, "ChecklistItem": ChecklistItem, "Roadmap": Roadmap, "ShareLink": ShareLink}
    assert ask("roadmap/made_up.py", program, roadmap=roadmap, **names).told() == ""


# The lists


@pytest.mark.once
def test_what_is_exempt_is_there() -> None:
    assert all((ROOT / place.partition(":")[0]).is_file() for place in EXEMPT)


@pytest.mark.once
def test_peoples_tables_are_read() -> None:
    assert {model._meta.db_table for model in owned_models(Owned)} <= TABLES
    assert {"roadmap_roadmap", "accounts_sentform", "assessments_assessment", "assessments_answer"} <= TABLES


def owned_models(model: type[Model]) -> list[type[Model]]:
    """The models of that kind that have a table."""
    return [
        found
        for each in model.__subclasses__()
        for found in ([each] if not each._meta.abstract else owned_models(each))
    ]
