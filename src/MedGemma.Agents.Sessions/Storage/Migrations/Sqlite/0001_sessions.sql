CREATE TABLE sessions (
    session_key TEXT NOT NULL PRIMARY KEY,
    issuer TEXT NOT NULL,
    user_id TEXT NOT NULL,
    patient_id TEXT NOT NULL,
    asker_role TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE session_deletions (
    session_key TEXT NOT NULL PRIMARY KEY REFERENCES sessions (session_key),
    deleted_at TEXT NOT NULL
) STRICT;

CREATE TABLE turns (
    session_key TEXT NOT NULL REFERENCES sessions (session_key),
    number INTEGER NOT NULL,
    idempotency_key TEXT,
    question TEXT NOT NULL,
    as_of TEXT NOT NULL,
    started_at TEXT NOT NULL,
    PRIMARY KEY (session_key, number)
) STRICT;

CREATE INDEX turns_by_idempotency_key ON turns (session_key, idempotency_key) WHERE idempotency_key IS NOT NULL;

-- A turn without a row here was interrupted: an answer is here whole or not at all.
CREATE TABLE turn_results (
    session_key TEXT NOT NULL,
    number INTEGER NOT NULL,
    status TEXT NOT NULL,
    answer TEXT,
    queries TEXT NOT NULL,
    planner TEXT,
    record_versions TEXT,
    finished_at TEXT NOT NULL,
    PRIMARY KEY (session_key, number),
    FOREIGN KEY (session_key, number) REFERENCES turns (session_key, number)
) STRICT;

CREATE TABLE wrong_answer_reports (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    session_key TEXT NOT NULL,
    number INTEGER NOT NULL,
    issuer TEXT NOT NULL,
    user_id TEXT NOT NULL,
    comment TEXT NOT NULL,
    reported_at TEXT NOT NULL,
    FOREIGN KEY (session_key, number) REFERENCES turns (session_key, number)
) STRICT;

CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    issuer TEXT NOT NULL,
    user_id TEXT NOT NULL,
    action TEXT NOT NULL,
    patient_id TEXT,
    session_key TEXT,
    turn INTEGER,
    outcome TEXT NOT NULL
) STRICT;

CREATE INDEX audit_by_patient ON audit (patient_id, id);

CREATE TRIGGER turns_are_never_changed BEFORE UPDATE ON turns
    BEGIN SELECT RAISE(ABORT, 'turns are append-only'); END;
CREATE TRIGGER turn_results_are_never_changed BEFORE UPDATE ON turn_results
    BEGIN SELECT RAISE(ABORT, 'turn_results are append-only'); END;
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
