CREATE TABLE search (
    run_id      TEXT PRIMARY KEY,
    version     BIGINT NOT NULL,
    active      BOOLEAN NOT NULL,
    wake_up     TIMESTAMPTZ,
    traceparent TEXT,
    state       TEXT NOT NULL
);
CREATE INDEX search_wake_up ON search (wake_up) WHERE active;

CREATE TABLE inbox (
    event_id    TEXT PRIMARY KEY,
    received_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE outbox (
    event_id     TEXT PRIMARY KEY,
    position     BIGINT GENERATED ALWAYS AS IDENTITY,
    type         TEXT NOT NULL,
    subject      TEXT NOT NULL,
    run_id       TEXT NOT NULL,
    causation_id TEXT,
    traceparent  TEXT,
    source       TEXT NOT NULL,
    time         TIMESTAMPTZ NOT NULL,
    payload      TEXT NOT NULL,
    stored_at    TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX outbox_position ON outbox (position);
