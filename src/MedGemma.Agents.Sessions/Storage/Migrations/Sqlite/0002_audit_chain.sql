-- Rows from before this version have no sequence: nothing proves that they are as they were written.
ALTER TABLE audit ADD COLUMN sequence INTEGER;
ALTER TABLE audit ADD COLUMN resource TEXT;
ALTER TABLE audit ADD COLUMN salt TEXT;
ALTER TABLE audit ADD COLUMN content_digest TEXT;
ALTER TABLE audit ADD COLUMN previous TEXT;
ALTER TABLE audit ADD COLUMN hash TEXT;

CREATE UNIQUE INDEX audit_by_sequence ON audit (sequence) WHERE sequence IS NOT NULL;

CREATE TABLE audit_head (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    sequence INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT;

INSERT INTO audit_head (id, sequence, hash) VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

DROP TRIGGER audit_is_never_changed;

-- All that may ever happen to a row is that its patient, its resource and the salt of their digest are erased together.
CREATE TRIGGER audit_is_only_erased BEFORE UPDATE ON audit
    WHEN NOT (NEW.patient_id IS NULL AND NEW.resource IS NULL AND NEW.salt IS NULL
        AND NEW.id IS OLD.id AND NEW.at IS OLD.at AND NEW.issuer IS OLD.issuer AND NEW.user_id IS OLD.user_id AND NEW.action IS OLD.action
        AND NEW.session_key IS OLD.session_key AND NEW.turn IS OLD.turn AND NEW.outcome IS OLD.outcome AND NEW.sequence IS OLD.sequence
        AND NEW.content_digest IS OLD.content_digest AND NEW.previous IS OLD.previous AND NEW.hash IS OLD.hash)
    BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
