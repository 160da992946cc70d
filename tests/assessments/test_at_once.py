"""Many clients at one moment: each way to make an assessment makes one, and deleting beside it is no error."""

from __future__ import annotations

import json
import re

import pytest

from tests import PASSWORD
from tests.assessments.questions import counted as answered
from tests.at_once import CLIENTS, at_once, counted, posts
from tests.browser import Server
from tests.visitor import WISH, Answer, Visitor

ALL = "SELECT COUNT(*) FROM assessments_assessment"
OPEN = "SELECT COUNT(*) FROM assessments_assessment WHERE owner_id = {} AND finished_at IS NULL"
OF = "SELECT COUNT(*) FROM assessments_assessment WHERE owner_id = {}"
ROADMAPS = "SELECT COUNT(*) FROM roadmap_roadmap WHERE owner_id = {}"
QUESTION = "/assessment/ask/start/situation/"
FINISHED = """
import json
from django.utils import timezone
from accounts.models import User
from content.catalogue import current_catalogue
from content.pack import format as fmt
from roadmap.models import ChecklistItem, Milestone
from tests.factories import make_assessment, make_roadmap
owner = User.objects.get(email="{email}")
assessment = make_assessment(owner, ratings={{}}, role_mix=None)
roadmap = make_roadmap(owner, milestones=1, items=1)
template = next(each for each in current_catalogue().content.current(fmt.Milestone) if each.raises)
Milestone.objects.filter(roadmap=roadmap).update(template=template.id)
ChecklistItem.objects.filter(roadmap=roadmap).update(done_at=timezone.now())
print(json.dumps([owner.pk, assessment.pk, template.raises]))
"""


def form_of(visitor: Visitor, path: str) -> dict[str, str]:
    """The token and the hidden fields of the last form of a page, which is drawn once."""
    page = visitor.get(path).text
    main = page[page.index("<main") : page.index("</main>")]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', main))


@pytest.fixture
def visitor(server: Server) -> Visitor:
    """Somebody without an account or a session."""
    return Visitor(server)


def assessed(server: Server) -> tuple[Visitor, int, int, dict[str, int]]:
    """A person with a finished assessment and a milestone that proves more: their key, its key, the levels."""
    person = Visitor(server)
    script = FINISHED.format(email=person.sign_up())
    owner, assessment, raises = json.loads(server.manage("shell", "--no-imports", "-c", script).splitlines()[-1])
    return person, owner, assessment, raises


@pytest.mark.parametrize("clients", CLIENTS)
def test_a_visitors_first_answer_begins_one_assessment(visitor: Visitor, clients: int) -> None:
    form = {**form_of(visitor, QUESTION), "answer": "cs-undergraduate"}
    before = counted(visitor.server, ALL)
    assert "session" not in visitor.cookies
    assert set(at_once(clients, *posts(visitor, QUESTION, [form] * clients))) == {302}
    assert counted(visitor.server, ALL) == before + 1
    assert answered(visitor.get("/assessment/").text)[0] == 1


@pytest.mark.parametrize("clients", CLIENTS)
def test_a_visitors_whole_sheet_makes_one_result(visitor: Visitor, clients: int) -> None:
    path = "/assessment/whole/"
    form = {**form_of(visitor, path), "rating.mathematics": "2", "finish": "on"}
    before = counted(visitor.server, ALL)
    assert "session" not in visitor.cookies
    assert set(at_once(clients, *posts(visitor, path, [form] * clients))) == {302}
    assert counted(visitor.server, ALL) == before + 1


@pytest.mark.parametrize("clients", CLIENTS)
def test_a_visitor_who_begins_again_in_many_windows_begins_one(visitor: Visitor, clients: int) -> None:
    visitor.post(QUESTION, {"answer": "cs-undergraduate"})
    under_way = re.search(r"/assessment/(\d+)/delete/", visitor.get("/assessment/").text)
    assert under_way
    visitor.post(f"/assessment/{under_way[1]}/delete/", {})
    forms = [{**form_of(visitor, QUESTION), "answer": "cs-undergraduate"} for _ in range(clients)]
    before = counted(visitor.server, ALL)
    assert set(at_once(clients, *posts(visitor, QUESTION, forms))) == {302}
    assert counted(visitor.server, ALL) == before + 1


@pytest.mark.parametrize("clients", CLIENTS)
def test_a_first_answer_that_is_sent_again_beside_deleting_is_no_error(server: Server, clients: int) -> None:
    for _ in range(6):  # The moment between finding it and answering is short.
        visitor = Visitor(server)
        form = {**form_of(visitor, QUESTION), "answer": "cs-undergraduate"}
        fresh = dict(visitor.cookies)
        visitor.post(QUESTION, form)
        under_way = re.search(r"/assessment/(\d+)/delete/", visitor.get("/assessment/").text)
        assert under_way

        def again(fresh: dict[str, str] = fresh, form: dict[str, str] = form) -> Answer:
            """From a browser that the first answer did not reach."""
            other = Visitor(server)
            other.cookies = dict(fresh)
            return other.post(QUESTION, form)

        deleting = posts(visitor, f"/assessment/{under_way[1]}/delete/", [{}, {}])
        assert set(at_once(clients, *[again] * (clients // 2), *deleting, *[again] * (clients // 2))) <= {302, 404}


@pytest.mark.parametrize("clients", CLIENTS)
def test_what_an_assessment_and_finished_work_lead_to_is_made_once(server: Server, clients: int) -> None:
    person, owner, assessment, raises = assessed(server)
    form = {**form_of(person, "/assessment/levels/"), **{f"level.{skill}.{n}": "yes" for skill, n in raises.items()}}
    assert set(at_once(clients, *posts(person, "/assessment/levels/", [form] * clients))) == {302}
    assert counted(server, OF, owner) == 2

    form = form_of(person, f"/assessment/{assessment}/")
    address = f"/roadmaps/from-assessment/{assessment}/"
    assert set(at_once(clients, *posts(person, address, [form] * clients))) == {302}
    assert counted(server, ROADMAPS, owner) == 2

    retakes = posts(person, "/assessment/retake/", [form_of(person, f"/assessment/{assessment}/")] * clients)
    assert set(at_once(clients, *retakes)) == {302}
    assert counted(server, OPEN, owner) == 1


@pytest.mark.parametrize("clients", CLIENTS)
def test_levels_that_many_windows_accept_are_new_once(server: Server, clients: int) -> None:
    person, owner, _assessment, raises = assessed(server)
    said = {f"level.{skill}.{level}": "yes" for skill, level in raises.items()}
    forms = [{**form_of(person, "/assessment/levels/"), **said} for _ in range(clients)]
    assert set(at_once(clients, *posts(person, "/assessment/levels/", forms))) == {302}
    assert counted(server, OF, owner) == 2


@pytest.mark.parametrize("clients", CLIENTS)
def test_an_assessment_that_is_deleted_beside_changes_is_no_error(server: Server, clients: int) -> None:
    person, owner, assessment, _raises = assessed(server)
    person.post(QUESTION, {"answer": "cs-undergraduate"})
    under_way = re.search(r"/assessment/(\d+)/delete/", person.get("/assessment/").text)
    assert under_way
    requests = [
        *posts(person, QUESTION, [{"answer": "high-school", "seen": "cs-undergraduate"}] * (clients // 4)),
        *posts(person, f"/assessment/{under_way[1]}/delete/", [{}]),
        *posts(person, "/assessment/whole/", [{"start.goal": "employment", "seen.start.goal": ""}]),
        *posts(person, "/assessment/retake/", [{}] * (clients // 4)),
        *posts(person, f"/assessment/{assessment}/delete/", [{}]),
        *posts(person, "/assessment/finish/", [{}]),
        *posts(person, f"/roadmaps/assessments/{assessment}/share/", [{"label": "K", "owner_name": "A", "days": "7"}]),
        lambda: person.get(f"/assessment/{assessment}/"),
    ]
    assert set(at_once(clients, *requests)) <= {200, 302, 404, 409, 422}
    assert counted(server, OPEN, owner) <= 1


@pytest.mark.parametrize("clients", CLIENTS)
def test_a_roadmap_that_was_planned_before_signing_in_is_made_once(server: Server, clients: int) -> None:
    email = Visitor(server).sign_up()
    visitor = Visitor(server)
    assert "/accounts/signup/" in visitor.post("/roadmaps/new/", WISH).headers["Location"]
    before = counted(server, "SELECT COUNT(*) FROM roadmap_roadmap")
    form = {"login": email, "password": PASSWORD, "next": "/roadmaps/keep/"}
    session = visitor.cookies["session"]

    def sign_in() -> Visitor:
        again = Visitor(server)
        again.cookies = {**visitor.cookies, "session": session}
        return again

    visits = [sign_in() for _ in range(clients // 4)]
    statuses = at_once(clients, *(lambda each=each: each.post("/accounts/login/", form) for each in visits))
    assert 302 in statuses
    assert counted(server, "SELECT COUNT(*) FROM roadmap_roadmap") == before + 1
    signed_in = next(each for each in visits if each.get("/roadmaps/").status == 200)
    at_once(clients, *[lambda: signed_in.get("/roadmaps/keep/")] * clients)
    assert counted(server, "SELECT COUNT(*) FROM roadmap_roadmap") == before + 1
