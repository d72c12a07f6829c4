-- Turns and results go only with an erasure: its row is there, not yet scrubbed, while they are deleted.
CREATE FUNCTION refuse_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM session_erasures WHERE scrubbed = 0) THEN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
    END IF;
    RETURN OLD;
END $$;

CREATE TRIGGER turns_are_only_erased BEFORE DELETE ON turns
    FOR EACH ROW EXECUTE FUNCTION refuse_deletion();
CREATE TRIGGER turn_results_are_only_erased BEFORE DELETE ON turn_results
    FOR EACH ROW EXECUTE FUNCTION refuse_deletion();
