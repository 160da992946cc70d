"""Reads SQL: does a statement name the owner of everything of people's that it touches?

Each table of people's in it has `owner_id = %s` (or a number, or `IN`), or is joined by owner to one that has; an
INSERT names `owner_id`; and a GROUP BY names it, beside the id of each row that it names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from django.apps import apps

OF_EVERYBODY = {"roadmap_base"}  # What templates said when they were copied.
OF_ACCOUNTS = {"accounts_sentform"}
TABLES = (
    OF_ACCOUNTS
    | {model._meta.db_table for app in ("assessments", "roadmap") for model in apps.get_app_config(app).get_models()}
    - OF_EVERYBODY
)

Nodes = list[Any]
"""Words of SQL; what stands in parentheses is a list of its own."""
HEADS = {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH"}
CLAUSES = HEADS | {
    *("FROM", "JOIN", "LEFTJOIN", "USING", "INTO", "ON", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "SET", "VALUES"),
    *("RETURNING", "CONFLICT", "DO", "FOR"),
}
BEFORE_NAMES = {"AS", "LATERAL", "NOT", "MATERIALIZED", "RECURSIVE", "ONLY"}
GIVEN = "%s"


@cache
def lacking(sql: str) -> tuple[str, ...]:
    """What a statement does not say of owners; nothing if all is well."""
    plain = re.sub(
        r"\b(?:(LEFT)(?:\s+OUTER)?|INNER|CROSS)\s+(JOIN)\b", r"\1\2", sql.replace('"', ""), flags=re.IGNORECASE
    )
    words = re.findall(r"'(?:[^']|'')*'|[\w.%]+|[^\w\s]", plain)
    return tuple(_read(_nodes(iter(words)), set()))


def _nodes(words: Iterator[str]) -> Nodes:
    found: Nodes = []
    for word in words:
        if word == ")":
            break
        found.append(_nodes(words) if word == "(" else word)
    return found


def _is(node: Any, words: set[str]) -> bool:
    return isinstance(node, str) and node.upper() in words


def _is_statement(node: Any) -> bool:
    return isinstance(node, list) and bool(node) and _is(node[0], HEADS)


def _split(nodes: Nodes, *at: str) -> list[Nodes]:
    parts: list[Nodes] = [[]]
    for node in nodes:
        if _is(node, set(at)):
            parts.append([])
        else:
            parts[-1].append(node)
    return parts


def _read(nodes: Nodes, around: set[str]) -> Iterator[str]:
    """Read a statement inside one in which the names `around` have their owner."""
    if _is(nodes[0], {"WITH"}):  # What is named here is read for itself, and stands for rows with an owner.
        around = around | {
            next(name for name in reversed(nodes[:number]) if not _is(name, BEFORE_NAMES))
            for number, node in enumerate(nodes)
            if _is_statement(node)
        }
    for part in _split(nodes, "UNION", "INTERSECT", "EXCEPT"):
        yield from _read_part(part, around)


def _read_part(nodes: Nodes, around: set[str]) -> Iterator[str]:
    clauses: list[tuple[str, Nodes]] = [("", [])]
    for node in nodes:
        if _is(node, CLAUSES):
            clauses.append((node.upper(), []))
        else:
            clauses[-1][1].append(node)
    peoples: dict[str, str] = {}
    named, facts, grouped = {GIVEN, *around}, set(), Nodes()
    last, optional = "", False
    for (before, _), (clause, inside) in pairwise(clauses):
        if clause == "INTO" and inside[0] in TABLES and not any("owner_id" in each for each in inside[1:]):
            yield f"{inside[0]}: no owner is inserted"
        elif clause in {"FROM", "JOIN", "LEFTJOIN", "USING"} or (clause == "UPDATE" and before not in {"FOR", "DO"}):
            optional = clause == "LEFTJOIN"
            for table, last in _tables(inside):
                named.discard(last)
                if table in TABLES:
                    peoples[last] = table
                elif table in around or not table:
                    named.add(last)
        elif clause in {"ON", "WHERE"}:
            told = _facts(inside)
            # Rows stay where nothing was found to join: that limits what is joined, and nothing else.
            facts |= {fact for fact in told if fact[0] == last} if clause == "ON" and optional else told
        elif clause == "GROUP":
            grouped = inside
    alone = next(iter(peoples)) if len(peoples) == 1 else ""
    facts = {(one or alone, other or alone) for one, other in facts}
    while more := {one for one, other in facts if other in named} - named:
        named |= more
    yield from (f"{table} ({name}): no owner" for name, table in peoples.items() if name not in named)
    if peoples and grouped:
        yield from _ungrouped(grouped, peoples)
    yield from _read_within(nodes, named)


def _read_within(nodes: Nodes, around: set[str]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, list):
            yield from (_read if _is_statement(node) else _read_within)(node, around)


def _tables(nodes: Nodes) -> Iterator[tuple[str, str]]:
    """The tables of a clause with the names that they go by; a statement in parentheses has no table."""
    for each in _split(nodes, ","):
        names = [node for node in each if isinstance(node, str) and not _is(node, BEFORE_NAMES)]
        if each and _is_statement(each[0]):
            yield "", names[0]
        elif names:
            yield names[0], names[1] if len(names) > 1 else names[0]


def _facts(nodes: Nodes) -> set[tuple[str, str]]:
    """Which names have the owner of which others, or the one that is `GIVEN`, whenever this condition holds."""
    either = _split(nodes, "OR")
    if len(either) > 1:
        return set.intersection(*map(_facts, either))
    found = set()
    for part in _split(nodes, "AND"):
        if len(part) == 1 and isinstance(part[0], list):
            found |= _facts(part[0])
        elif len(part) > 2:
            found |= _equal(part[0], part[1], part[2])
    return found


def _equal(one: Any, operator: str, other: Any) -> set[tuple[str, str]]:
    if isinstance(other, list) and operator == "=" and len(other) == 1:
        (other,) = other
    if _is_owner(one) and _is_owner(other) and operator == "=":
        return {(_of(one), _of(other)), (_of(other), _of(one))}
    for column, value in ((one, other), (other, one)):
        listed = isinstance(value, list) and all(each == "," or _is_given(each) for each in value)
        if _is_owner(column) and ((operator == "=" and _is_given(value)) or (_is(operator, {"IN"}) and listed)):
            return {(_of(column), GIVEN)}
    return set()


def _is_owner(node: Any) -> bool:
    return isinstance(node, str) and node.rpartition(".")[2] == "owner_id"


def _is_given(node: Any) -> bool:
    return isinstance(node, str) and (node == GIVEN or node.isdecimal())


def _of(column: str) -> str:
    return column.rpartition(".")[0]


def _ungrouped(grouped: Nodes, peoples: dict[str, str]) -> Iterator[str]:
    columns = {node for node in grouped if isinstance(node, str)}
    if not any(map(_is_owner, columns)):
        yield "GROUP BY: no owner"
    for name, table in peoples.items():
        if f"{name}.id" in columns and f"{name}.owner_id" not in columns:
            yield f"{table} ({name}): GROUP BY has its id without its owner"
