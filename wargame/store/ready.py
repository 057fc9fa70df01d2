"""Make sure the tables are there before a command works on them.

An installation of one machine is migrated on the way; a production database is changed only by its operator.
"""

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor


def migrations_missing() -> bool:
    """Tell whether the database lacks a migration of this release."""
    executor = MigrationExecutor(connections["default"])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def make_ready() -> None:
    """Migrate an embedded installation if it needs it; raise CommandError with what to do for a production one."""
    if not migrations_missing():
        return
    if settings.MODE == "production":
        raise CommandError("The database is not at this release: run `manage.py migrate` first.")
    call_command("migrate", interactive=False, verbosity=0)
