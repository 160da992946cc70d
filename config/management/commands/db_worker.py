"""`manage.py db_worker`: does what requests put off, such as sending mails, beside the web processes."""

from __future__ import annotations

import logging
import os
import time
from argparse import ArgumentParser
from datetime import datetime, timedelta
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from accounts import mails
from accounts.sessions import SessionStore

logger = logging.getLogger(__name__)

PAUSE = 1
"""Seconds between two looks into an empty queue."""
CARE = 300
"""Seconds between two times that it looks after what lies about."""
AGAIN = timedelta(minutes=10)
"""After so long a task that failed runs again, and one that is under way was that of a worker which was killed."""
GIVEN_UP = timedelta(days=2)
KEPT_DAYS = 7
"""How long it can be seen what became of a task."""


class Command(BaseCommand):
    """Stands before the command of django-tasks-db, whose worker it runs, and gets over what that one dies of.

    Several may run at once, also on several machines: a task is taken by one of them.
    """

    help = "Do what requests put off, such as sending mails, until told to stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Without an option it runs until it gets TERM or INT."""
        parser.add_argument("--batch", action="store_true", help="do what is due now, and end")
        parser.add_argument("--beside", type=int, metavar="PID", help="end when this process has ended")

    def handle(self, *args: Any, batch: bool, beside: int | None, **options: Any) -> None:
        """Work. A database that does not answer is asked again until it does."""
        worker = Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            worker_id=get_random_string(32),
            batch=True,
            max_tasks=None,
            interval=PAUSE,
            startup_delay=False,
        )
        if batch:
            worker.run()
            return
        worker.configure_signals()
        care_at, away = time.monotonic(), False
        while worker.running and (beside is None or _runs(beside)):
            try:
                # Only looks: taking a task locks the whole file of SQLite.
                if DBTaskResult.objects.ready().exists():
                    worker.run()
                if time.monotonic() >= care_at:
                    look_after(timezone.now())
                    care_at = time.monotonic() + CARE
                away = False
            except Error as error:
                if not away:
                    logger.warning("The worker cannot use the database, and asks it again every second: %s", error)
                away = True
            close_old_connections()
            time.sleep(PAUSE)


def look_after(now: datetime) -> None:
    """Let tasks run again that came to nothing, which harms none of them, and forget what nobody needs any more."""
    killed = DBTaskResult.objects.running().filter(started_at__lt=now - AGAIN)
    failed = DBTaskResult.objects.failed().filter(finished_at__lt=now - AGAIN, enqueued_at__gt=now - GIVEN_UP)
    for tasks in (killed, failed):
        tasks.update(status=TaskResultStatus.READY)
    call_command("prune_db_task_results", min_age_days=KEPT_DAYS, queue_name="*", verbosity=0)
    mails.prune(now)
    SessionStore.clear_expired()


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
