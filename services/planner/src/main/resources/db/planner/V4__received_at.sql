-- By which events that came long ago are found and forgotten.
CREATE INDEX inbox_received_at ON inbox (received_at);
