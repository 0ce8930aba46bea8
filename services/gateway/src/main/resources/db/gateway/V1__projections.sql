-- Every event once, in the order in which the gateway took it; what /runs/{id}/events replays.
CREATE TABLE event (
    seq      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id TEXT        NOT NULL UNIQUE,
    type     TEXT        NOT NULL,
    run_id   TEXT        NOT NULL,
    subject  TEXT        NOT NULL,
    time     TIMESTAMPTZ NOT NULL,
    payload  JSON        NOT NULL
);
CREATE INDEX event_of_run ON event (run_id, seq);

-- The columns beside "state" are what queries and dashboards ask for; "state" is the whole fold.
CREATE TABLE run (
    id       TEXT PRIMARY KEY,
    name     TEXT,
    status   TEXT        NOT NULL,
    begun_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ,
    state    JSON
);
CREATE INDEX run_newest_first ON run (begun_at DESC, id DESC);

CREATE TABLE trial (
    run_id TEXT    NOT NULL,
    trial  TEXT    NOT NULL,
    number INTEGER NOT NULL,
    family TEXT,
    status TEXT    NOT NULL,
    rung   INTEGER NOT NULL,
    metric TEXT,
    score  DOUBLE PRECISION,
    error  DOUBLE PRECISION,
    state  JSON    NOT NULL,
    PRIMARY KEY (run_id, trial)
);

CREATE TABLE range_test (
    run_id    TEXT NOT NULL,
    candidate TEXT NOT NULL,
    found_at  TIMESTAMPTZ,
    base_rate DOUBLE PRECISION,
    max_rate  DOUBLE PRECISION,
    state     JSON NOT NULL,
    PRIMARY KEY (run_id, candidate)
);

CREATE TABLE model (
    run_id       TEXT PRIMARY KEY,
    name         TEXT        NOT NULL,
    published_at TIMESTAMPTZ NOT NULL,
    metric       TEXT        NOT NULL,
    score        DOUBLE PRECISION NOT NULL,
    state        JSON        NOT NULL
);
CREATE INDEX model_latest ON model (name, published_at DESC);
