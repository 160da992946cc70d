"""A link by which a mentor sees one roadmap, one assessment or both without an account."""

from __future__ import annotations

import hashlib
import secrets
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.http import int_to_base36
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.owned import Owned, OwnedForeignKey, OwnedQuerySet
from assessments.models import Assessment
from roadmap.models.roadmap import Roadmap


def token_of(owner: int, seed: str) -> str:
    """The token of a link: whose it is, in base 36, a dot, and what `mac_of` makes of its seed."""
    return f"{int_to_base36(owner)}.{mac_of(seed)}"


def mac_of(seed: str) -> str:
    """What a seed leads to with this server's key: 256 bits, 43 characters. It was the whole token at first."""
    mac = salted_hmac("roadmap.share_link", seed, algorithm="sha256").digest()
    return urlsafe_b64encode(mac).decode().rstrip("=")


def digest_of(token: str) -> str:
    """What the database knows of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def keep_the_roadmaps(collector: Any, field: Any, links: Any, using: str) -> None:
    """A deleted assessment takes its links along, but for those that show a roadmap too: they go on showing that."""
    kept = [link for link in links if link.roadmap_id is not None]
    if kept:
        collector.add_field_update(field, None, kept)
    gone = [link for link in links if link.roadmap_id is None]
    if gone:
        models.CASCADE(collector, field, gone, using)  # type: ignore[arg-type]  # The stubs know querysets alone.


class ShareLinkQuerySet(OwnedQuerySet["ShareLink"]):
    """Share links."""

    def live(self, now: datetime) -> Self:
        """Those that open: not revoked and not expired."""
        return self.filter(revoked_at=None, expires_at__gt=now)


class ShareLink(Owned):
    """An unguessable, labelled, expiring, revocable address of one roadmap, of one assessment, or of both.

    The database alone reveals no usable link: the token is derived from `seed` with the server's key, and found by
    its owner and its digest. After the key was changed, links that were handed out still open, but cannot be shown
    again.
    `since_at` is when the visit before the current one took place.
    """

    roadmap = OwnedForeignKey(Roadmap, on_delete=models.CASCADE, related_name="share_links", null=True, blank=True)
    assessment = OwnedForeignKey(
        Assessment, on_delete=keep_the_roadmaps, related_name="share_links", null=True, blank=True
    )
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    label = models.CharField(_("label"), max_length=80)
    owner_name = models.CharField(_("your name, as your mentor knows you"), max_length=80)
    seed = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    visits = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)
    since_at = models.DateTimeField(null=True, blank=True)

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["digest"], name="share_link_digest")]  # For tokens that name no owner.
        constraints = [
            models.UniqueConstraint(fields=["owner", "digest"], name="share_link_digest_once"),
            models.CheckConstraint(
                condition=Q(visits=0, opened_at=None) | Q(visits__gt=0, opened_at__isnull=False),
                name="share_link_visits_have_a_time",
            ),
            models.CheckConstraint(
                condition=Q(roadmap__isnull=False) | Q(assessment__isnull=False), name="share_link_shows_something"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @classmethod
    def make(
        cls,
        roadmap: Roadmap | None = None,
        assessment: Assessment | None = None,
        *,
        label: str,
        owner_name: str,
        at: datetime,
        days: int,
    ) -> ShareLink:
        """A new link to a roadmap, an assessment or both, of one person, that opens for `days` days."""
        owners = {shown.owner_id for shown in (roadmap, assessment) if shown is not None}
        owner = owners.pop() if len(owners) == 1 else None
        if owner is None:
            raise ValueError("a share link shows something, and all of it is one person's")
        seed = secrets.token_hex(16)
        return cls.objects.create(
            roadmap=roadmap,
            assessment=assessment,
            owner_id=owner,
            label=label,
            owner_name=owner_name,
            seed=seed,
            digest=digest_of(token_of(owner, seed)),
            created_at=at,
            expires_at=at + timedelta(days=days),
        )

    @property
    def page(self) -> str:
        """Where its owner finds it: the links to its roadmap, or to the assessment that it shows alone."""
        if self.roadmap_id is not None:
            return reverse("roadmap-share", args=[self.roadmap_id])
        return reverse("assessment-share", args=[self.assessment_id])

    @property
    def token(self) -> str | None:
        """The token, for its owner's eyes; None after the server's key was changed."""
        derived = (token_of(self.owner_id, self.seed), mac_of(self.seed))
        return next((token for token in derived if digest_of(token) == self.digest), None)

    @property
    def guest(self) -> Actor:
        """Whoever has it."""
        keys = {"roadmap": self.roadmap_id, "assessment": self.assessment_id}
        return Actor(host=self.owner_id, shown=frozenset((kind, pk) for kind, pk in keys.items() if pk is not None))

    def is_live(self, now: datetime) -> bool:
        """Whether it opens."""
        return self.revoked_at is None and self.expires_at > now

    def revoke(self, *, at: datetime) -> bool:
        """Close it at once; False if it was closed already."""
        return bool(self.row().filter(revoked_at=None).update(revoked_at=at))
