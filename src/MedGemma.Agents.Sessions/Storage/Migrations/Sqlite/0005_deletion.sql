-- Turns and results go only with an erasure: its row is there, not yet scrubbed, while they are deleted.
CREATE TRIGGER turns_are_only_erased BEFORE DELETE ON turns
    WHEN NOT EXISTS (SELECT 1 FROM session_erasures WHERE scrubbed = 0)
    BEGIN SELECT RAISE(ABORT, 'turns are append-only'); END;
CREATE TRIGGER turn_results_are_only_erased BEFORE DELETE ON turn_results
    WHEN NOT EXISTS (SELECT 1 FROM session_erasures WHERE scrubbed = 0)
    BEGIN SELECT RAISE(ABORT, 'turn_results are append-only'); END;
