"""Django's PostgreSQL, with a pool that gets over a restart of the database at once.

The pool tests one connection after the other and waits between two dead ones, longer than a request may. But when one
is dead, a restart has usually ended all of them: they are closed together here, and new ones opened. With Django's own
CONN_HEALTH_CHECKS instead, some of the first requests after a restart were answered with 503.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base
from psycopg import Error
from psycopg_pool import ConnectionPool


class DatabaseWrapper(base.DatabaseWrapper):
    """The database engine `config.postgresql`; CONN_HEALTH_CHECKS is off for it, since it tests what it takes."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Return a connection that answers, or was opened just now.

        Raises psycopg_pool.PoolTimeout when there is none within the pool's `timeout`.
        """
        connection = super().get_new_connection(conn_params)
        if self.pool:
            try:
                ConnectionPool.check_connection(connection)
            except Error:
                self.pool.drain()
                self.pool.putconn(connection)
                connection = super().get_new_connection(conn_params)
        return connection
