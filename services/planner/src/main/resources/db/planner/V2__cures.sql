-- Experience with cures, kept across runs.
CREATE TABLE cure_record (
    data_kind TEXT    NOT NULL,
    cure      TEXT    NOT NULL,
    tried     INTEGER NOT NULL,
    helped    INTEGER NOT NULL,
    gain      DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (data_kind, cure)
);
