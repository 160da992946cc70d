"""How long texts say that something goes on, and whether milestones take as long."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from content.pack import format as fmt
from content.pack.lengths import lengths_of, told_longer
from content.pack.reading import read_pack
from content.pack.report import thin_places
from tests.conftest import PACK
from tests.moments import MONDAY
from tests.packs import BAKING, change, copy_of

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("en", "weeks"),
    [
        ("Share what you learn for six months", 26),
        ("Three months on one Kaggle competition", 13),
        ("A log of eight full weeks exists", 8),
        ("Count the users, four weeks running", 4),
        ("Use it for a month", 4),
        ("Two months as an intern", 8),
        ("Keep twelve weekly entries", 12),
        ("Two quarterly retrospectives", 26),
        ("Over half a year of practice", 26),
        ("Commit in at least 20 different weeks within six months", 20),
        ("Meet for 30 minutes a week for six weeks", 6),
        ("Meet for 30 minutes a week", 0),
        ("Publish one post a month", 0),
        ("Answer within two weeks", 0),
        ("Pick a method of the last 12 months", 0),
        ("Ask three months later", 0),
        ("Cut it into problems of at most two weeks each", 0),
        ("Reread in week four and change one thing", 0),
        ("Two weeklies", 0),
    ],
)
def test_english_is_read(en: str, weeks: int) -> None:
    assert lengths_of(fmt.Line(ko="글", en=en)).weeks == weeks


@pytest.mark.parametrize(
    ("ko", "weeks"),
    [
        ("여섯 달 동안 한 달에 한 편씩 글 내기", 26),
        ("8주 학습 기록", 8),
        ("열두 주의 주간 기록을 남기기", 12),
        ("두 분기의 회고", 26),
        ("2주 기다리고 공개하기", 2),
        ("4주 내리 쓰는지 세기", 4),
        ("3개월간 운영하기", 13),
        ("매주 배운 것 적기", 0),
        ("두 주마다 모이기", 0),
        ("두 주에 논문 한 편", 0),
        ("2주 안에 끝내기", 0),
        ("최근 12개월 안에 나온 방법", 0),
        ("석 달 뒤 결과를 묻기", 0),
        ("한 달 예산 정하기", 0),
        ("세 주제 고르기", 0),
    ],
)
def test_korean_is_read(ko: str, weeks: int) -> None:
    assert lengths_of(fmt.Line(ko=ko, en="A text")).weeks == weeks


def test_no_milestone_of_the_pack_is_shorter_than_its_texts_say() -> None:
    assert list(told_longer(read_pack(PACK))) == []


def test_check_pack_names_the_text_that_tells_of_more(tmp_path: Path) -> None:
    folder = copy_of(BAKING, tmp_path / "baking")
    change(folder, "milestones.yaml", "bread-diary.weeks.at_least", 12)
    with pytest.raises(CommandError) as caught:
        call_command("check_pack", folder, stdout=StringIO())
    assert str(caught.value) == (
        "1 problems\nmilestones.yaml: bread-diary.outcome: tells of 13 weeks, and the milestone says 12"
    )
    change(folder, "milestones.yaml", "bread-diary.weeks.at_least", 13)
    call_command("check_pack", folder, stdout=StringIO())


def test_the_report_tells_of_a_length_that_no_rule_reads(tmp_path: Path) -> None:
    folder = copy_of(BAKING, tmp_path / "baking")
    change(folder, "milestones.yaml", "first-loaf.outcome.en", "A loaf is there, and two weeks later another.")
    told = [str(finding) for finding in thin_places(read_pack(folder), today=MONDAY)]
    assert any(
        "milestones/first-loaf.outcome: a length that no rule reads: 'and two weeks later'" in each for each in told
    )
