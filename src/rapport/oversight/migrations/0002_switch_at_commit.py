"""At the commit of what a machine wrote its switches are read; one that is pulled, or can't be read, refuses it."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION oversight_refuse_stopped() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(7240101);
    IF NOT EXISTS (SELECT 1 FROM oversight_stopswitch WHERE key = 'instance')
       OR EXISTS (
           SELECT 1 FROM oversight_stopswitch WHERE is_pulled AND (
               key IN ('instance', 'record:' || NEW.subject_id)
               OR key IN (SELECT jsonb_array_elements_text(coalesce(NEW.detail #> '{machine,keys}', '[]')))
               OR key IN (SELECT 'record:' || record_id FROM core_change WHERE event_id = NEW.id)))
    THEN
        RAISE EXCEPTION 'Machines are stopped by their switch.' USING ERRCODE = 'RP001';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER oversight_machine_may_commit AFTER INSERT ON core_event
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.actor_kind = 'ai')
    EXECUTE FUNCTION oversight_refuse_stopped();

INSERT INTO oversight_stopswitch (id, created_at, updated_at, key, is_pulled, reason, changed_at)
VALUES (gen_random_uuid(), now(), now(), 'instance', false, '', now());
"""

BACKWARD = """
DROP TRIGGER oversight_machine_may_commit ON core_event;
DROP FUNCTION oversight_refuse_stopped();
DELETE FROM oversight_stopswitch WHERE key = 'instance';
"""


class Migration(migrations.Migration):
    dependencies = [("oversight", "0001_initial"), ("core", "0007_known_words")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
