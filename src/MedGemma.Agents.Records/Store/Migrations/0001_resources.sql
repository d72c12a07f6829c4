-- Values that hold for the whole store: 'epoch' (random, new with each restore), 'change' (grows with each change), 'supporting' (the change of the last supporting resource).
CREATE TABLE facts (
    name TEXT PRIMARY KEY,
    value
) WITHOUT ROWID;

INSERT INTO facts VALUES ('epoch', lower(hex(randomblob(8)))), ('change', 0), ('supporting', 0);

-- Every version of every resource, as received.
CREATE TABLE resources (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    type TEXT NOT NULL,
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    current INTEGER NOT NULL,       -- 1 for the newest version
    patient TEXT,                   -- whose it is, when it is one patient's
    standing INTEGER NOT NULL,      -- 0 a patient's, 1 supporting, 2 shared by several or nobody's, 3 its subject is not known (yet)
    subject TEXT,                   -- the reference to the subject while that is not known
    full_url TEXT,
    last_updated INTEGER,           -- UTC, in ticks of 100 ns since year 1
    json BLOB NOT NULL
);

CREATE UNIQUE INDEX resource_versions ON resources (type, id, version);
CREATE INDEX resources_of_patient ON resources (patient, current) WHERE patient IS NOT NULL;
CREATE INDEX resources_by_full_url ON resources (full_url) WHERE full_url IS NOT NULL;
CREATE INDEX resources_without_patient ON resources (seq) WHERE standing = 3;

-- One row for each patient that any resource belongs to; the details are null until the Patient resource itself is there.
CREATE TABLE patients (
    id TEXT PRIMARY KEY,
    change INTEGER NOT NULL,        -- the value of facts.change when this patient's record last changed
    name TEXT,
    birth_date TEXT,
    gender TEXT,
    identifiers TEXT,               -- JSON array of identifier values
    search TEXT,                    -- id, names and identifiers, case-folded, a line each
    replaced_by TEXT                -- the patient that this one was merged into
) WITHOUT ROWID;

CREATE TABLE identifiers (
    value TEXT NOT NULL,
    system TEXT NOT NULL,
    patient TEXT NOT NULL,
    PRIMARY KEY (value, system, patient)
) WITHOUT ROWID;

CREATE INDEX identifiers_of_patient ON identifiers (patient);

-- What an import vouched for: type '*' is every type, a row of one type goes before it.
CREATE TABLE completeness (
    patient TEXT NOT NULL,
    type TEXT NOT NULL,
    complete INTEGER NOT NULL,
    PRIMARY KEY (patient, type)
) WITHOUT ROWID;

CREATE TABLE imports (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    started TEXT NOT NULL,
    finished TEXT,
    added INTEGER NOT NULL DEFAULT 0,
    updated INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    refused INTEGER NOT NULL DEFAULT 0
);

-- That something was erased, without saying what.
CREATE TABLE erasures (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    erased TEXT NOT NULL,
    versions INTEGER NOT NULL,
    scrubbed INTEGER NOT NULL       -- 1 once the file holds no remains
);
