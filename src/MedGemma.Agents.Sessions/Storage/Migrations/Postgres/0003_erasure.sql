-- That a patient was erased, without saying who.
CREATE TABLE session_erasures (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    erased_at text NOT NULL,
    sessions integer NOT NULL,
    turns integer NOT NULL,
    scrubbed integer NOT NULL -- 1 once the tables hold no remains
);
