"""Rows read by written-out SQL, as the models that they are: where building a query takes longer than asking it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar, overload

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)

LARGEST = 2**63 - 1
"""No key of a row is larger; a database refuses to compare one that is."""


def fetch(model: type[Row], tail: str, parameters: Sequence[Any]) -> list[Row]:
    """The rows of a model that `tail` finds, its `WHERE` and what follows; the table is called by its own name."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_select(model)} {tail}", parameters)
        return [row_of(model, list(columns)) for columns in cursor.fetchall()]


def row_of(model: type[Row], columns: list[Any]) -> Row:
    """A row of a model from its columns, in their order, as the database gave them."""
    for place, expression, convert in _converters(model, connection.vendor):
        columns[place] = convert(columns[place], expression, connection)
    return model.from_db(connection.alias, _names(model), columns)


@overload
def moment(value: datetime | str) -> datetime: ...
@overload
def moment(value: datetime | str | None) -> datetime | None: ...
def moment(value: datetime | str | None) -> datetime | None:
    """A moment as a plain cursor gave it: SQLite keeps them without their zone, which is UTC, and sums up as text."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


@cache
def columns_of(model: type[models.Model], table: str) -> str:
    """The columns of a model, each of `table`."""
    return ", ".join(f"{table}.{field.column}" for field in model._meta.concrete_fields)


@cache
def _select(model: type[models.Model]) -> str:
    table = model._meta.db_table
    return f"SELECT {columns_of(model, table)} FROM {table}"


@cache
def _names(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


@cache
def _converters(model: type[models.Model], vendor: str) -> list[tuple[int, Any, Callable[..., Any]]]:
    """By the place of a column, what makes of its value what Python knows, as a queryset would."""
    return [
        (place, field.cached_col, convert)
        for place, field in enumerate(model._meta.concrete_fields)
        for convert in (*connection.ops.get_db_converters(field.cached_col), *field.get_db_converters(connection))
    ]
