CREATE TABLE sessions (
    session_key text NOT NULL PRIMARY KEY,
    issuer text NOT NULL,
    user_id text NOT NULL,
    patient_id text NOT NULL,
    asker_role text NOT NULL,
    created_at text NOT NULL
);

CREATE TABLE session_deletions (
    session_key text NOT NULL PRIMARY KEY REFERENCES sessions (session_key),
    deleted_at text NOT NULL
);

CREATE TABLE turns (
    session_key text NOT NULL REFERENCES sessions (session_key),
    number integer NOT NULL,
    idempotency_key text,
    question text NOT NULL,
    as_of text NOT NULL,
    started_at text NOT NULL,
    PRIMARY KEY (session_key, number)
);

CREATE INDEX turns_by_idempotency_key ON turns (session_key, idempotency_key) WHERE idempotency_key IS NOT NULL;

-- A turn without a row here was interrupted: an answer is here whole or not at all.
CREATE TABLE turn_results (
    session_key text NOT NULL,
    number integer NOT NULL,
    status text NOT NULL,
    answer text,
    queries text NOT NULL,
    planner text,
    record_versions text,
    finished_at text NOT NULL,
    PRIMARY KEY (session_key, number),
    FOREIGN KEY (session_key, number) REFERENCES turns (session_key, number)
);

CREATE TABLE wrong_answer_reports (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    session_key text NOT NULL,
    number integer NOT NULL,
    issuer text NOT NULL,
    user_id text NOT NULL,
    comment text NOT NULL,
    reported_at text NOT NULL,
    FOREIGN KEY (session_key, number) REFERENCES turns (session_key, number)
);

CREATE TABLE audit (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at text NOT NULL,
    issuer text NOT NULL,
    user_id text NOT NULL,
    action text NOT NULL,
    patient_id text,
    session_key text,
    turn integer,
    outcome text NOT NULL
);

CREATE INDEX audit_by_patient ON audit (patient_id, id);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;

CREATE TRIGGER turns_are_never_changed BEFORE UPDATE ON turns
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER turn_results_are_never_changed BEFORE UPDATE ON turn_results
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
