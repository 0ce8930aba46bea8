-- By which states of runs that ended long ago are found and forgotten.
ALTER TABLE search ADD COLUMN changed_at TIMESTAMPTZ NOT NULL DEFAULT now();
CREATE INDEX search_changed_at ON search (changed_at) WHERE NOT active;
