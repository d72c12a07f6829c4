-- That a patient was erased, without saying who.
CREATE TABLE session_erasures (
    id INTEGER PRIMARY KEY,
    erased_at TEXT NOT NULL,
    sessions INTEGER NOT NULL,
    turns INTEGER NOT NULL,
    scrubbed INTEGER NOT NULL -- 1 once the files hold no remains
) STRICT;
