"""What else an entry is called."""

from __future__ import annotations

from tests.content.broken import Case

LOAF = "milestones.yaml: first-loaf.aliases"

CASES: list[Case] = [
    (
        "milestones.yaml",
        "first-loaf.aliases",
        ["사워도우", "사워 도우"],
        f"{LOAF}[1]: '사워 도우' is the same as '사워도우', as the search reads it",
    ),
    (
        "milestones.yaml",
        "first-loaf.aliases",
        ["Sour-dough", "bread", "ＳＯＵＲ dough"],
        f"{LOAF}[2]: 'ＳＯＵＲ dough' is the same as 'Sour-dough', as the search reads it",
    ),
    (
        "milestones.yaml",
        "first-loaf.aliases",
        ["첫빵굽기", "bake a FIRST loaf!"],
        f"{LOAF}[0]: '첫빵굽기' is its own name already, as the search reads it\n"
        f"{LOAF}[1]: 'bake a FIRST loaf!' is its own name already, as the search reads it",
    ),
    (
        "resources.yaml",
        "bread-book.aliases",
        ["?!"],
        "resources.yaml: bread-book.aliases[0]: '?!' has no letter or digit to search for",
    ),
    (
        "milestones.yaml",
        "first-loaf.aliases",
        [f"loaf {number}" for number in range(13)],
        f"{LOAF}: list should have at most 12 items after validation, not 13",
    ),
    (
        "milestones.yaml",
        "first-loaf.aliases",
        ["b" * 61],
        f"{LOAF}[0]: string should have at most 60 characters",
    ),
    (
        "milestones.yaml",
        "first-loaf.aliases",
        ["a loaf\nof bread"],
        rf"{LOAF}[0]: string should match pattern '^\S+( \S+)*$'",
    ),
    ("milestones.yaml", "first-loaf.aliases", [" "], f"{LOAF}[0]: string should have at least 1 character"),
    ("milestones.yaml", "first-loaf.aliases", "loaf", f"{LOAF}: input should be a valid list"),
    (
        "sources.yaml",
        "grandmother.aliases",
        ["Nan"],
        "sources.yaml: grandmother.aliases: extra inputs are not permitted",
    ),
]
