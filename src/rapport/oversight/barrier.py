"""The barrier's SQL, for commands too that must not load Django first: see `commits`."""

PULL = "UPDATE oversight_stopswitch SET is_pulled = true WHERE key = 'instance' AND NOT is_pulled RETURNING key"

WAIT_FOR_COMMITS = """
DO $$ BEGIN
    PERFORM set_config('lock_timeout', '1s', true);
    PERFORM pg_advisory_xact_lock(7240101);
EXCEPTION WHEN lock_not_available THEN
    RAISE LOG 'A machine held its commit for over a second and was cut off.';
    PERFORM pg_terminate_backend(pid) FROM pg_locks
      WHERE locktype = 'advisory' AND classid = 0 AND objid = 7240101 AND granted AND pid <> pg_backend_pid()
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database());
    PERFORM pg_advisory_xact_lock(7240101);
END $$
"""
"""Returns when no machine is committing; whoever holds its commit for over a second is cut off."""
