-- What the operator has set for the app, its keys included, as the servers write it. No row: nobody has set anything.
CREATE TABLE settings (
  no   integer PRIMARY KEY CHECK (no = 1),
  text text    NOT NULL
);
