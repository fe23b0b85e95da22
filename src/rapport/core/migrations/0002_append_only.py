"""Events, changes and seals can be added, never altered; every new event waits to be sealed."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION core_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The history is append-only: % on % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER core_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON core_event
    FOR EACH STATEMENT EXECUTE FUNCTION core_refuse_rewriting();
CREATE TRIGGER core_change_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON core_change
    FOR EACH STATEMENT EXECUTE FUNCTION core_refuse_rewriting();
CREATE TRIGGER core_seal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON core_seal
    FOR EACH STATEMENT EXECUTE FUNCTION core_refuse_rewriting();

CREATE FUNCTION core_await_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO core_unsealedevent (event_id) VALUES (NEW.id);
    RETURN NULL;
END $$;

CREATE TRIGGER core_event_awaits_seal AFTER INSERT ON core_event
    FOR EACH ROW EXECUTE FUNCTION core_await_seal();
"""

BACKWARD = """
DROP TRIGGER core_event_awaits_seal ON core_event;
DROP TRIGGER core_event_append_only ON core_event;
DROP TRIGGER core_change_append_only ON core_change;
DROP TRIGGER core_seal_append_only ON core_seal;
DROP FUNCTION core_await_seal();
DROP FUNCTION core_refuse_rewriting();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
