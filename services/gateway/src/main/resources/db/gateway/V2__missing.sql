-- Events that were given up before they could be taken: what the other tables lack until each comes again.
CREATE TABLE missing (
    event_id TEXT PRIMARY KEY,
    run_id   TEXT NOT NULL,
    type     TEXT NOT NULL,
    subject  TEXT NOT NULL
);
CREATE INDEX missing_of_run ON missing (run_id);
