"""Keep what templates say at the moment they are copied."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import lru_cache

from content.catalogue import Catalogue
from content.pack import format as fmt
from content.pack.changes import said
from roadmap.models import Base


@lru_cache(maxsize=2)
def bases_of(catalogue: Catalogue) -> Mapping[str, Base]:
    """What each template of a catalogue says, by its key; unsaved."""
    found = {}
    for template in catalogue.content.current(fmt.Milestone):
        entry = said(template)
        digest = hashlib.sha256(json.dumps(entry, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
        found[template.id] = Base(digest=digest, template=template.id, entry=entry)
    return found


def keep_bases(keys: Iterable[str], catalogue: Catalogue) -> None:
    """Store what the templates with these keys say, where no copy did so before. One query, two if something is new."""
    wanted = {base.digest: base for base in (bases_of(catalogue)[key] for key in keys)}
    there = set(Base.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    missing = [base for digest, base in wanted.items() if digest not in there]
    if missing:
        Base.objects.bulk_create(missing, ignore_conflicts=True)
