-- Rows from before this version have no sequence: nothing proves that they are as they were written.
ALTER TABLE audit
    ADD COLUMN sequence bigint,
    ADD COLUMN resource text,
    ADD COLUMN salt text,
    ADD COLUMN content_digest text,
    ADD COLUMN previous text,
    ADD COLUMN hash text;

CREATE UNIQUE INDEX audit_by_sequence ON audit (sequence) WHERE sequence IS NOT NULL;

CREATE TABLE audit_head (
    id integer NOT NULL PRIMARY KEY CHECK (id = 1),
    sequence bigint NOT NULL,
    hash text NOT NULL
);

INSERT INTO audit_head (id, sequence, hash) VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

DROP TRIGGER audit_is_never_changed ON audit;

-- All that may ever happen to a row is that its patient, its resource and the salt of their digest are erased together.
CREATE FUNCTION refuse_all_but_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.patient_id IS NULL AND NEW.resource IS NULL AND NEW.salt IS NULL
        AND (NEW.id, NEW.at, NEW.issuer, NEW.user_id, NEW.action, NEW.session_key, NEW.turn, NEW.outcome, NEW.sequence, NEW.content_digest, NEW.previous, NEW.hash)
            IS NOT DISTINCT FROM
            (OLD.id, OLD.at, OLD.issuer, OLD.user_id, OLD.action, OLD.session_key, OLD.turn, OLD.outcome, OLD.sequence, OLD.content_digest, OLD.previous, OLD.hash)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;

CREATE TRIGGER audit_is_only_erased BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION refuse_all_but_erasure();
