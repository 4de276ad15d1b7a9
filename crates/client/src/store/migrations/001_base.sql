-- The local store of one device of one user.

CREATE TABLE device (
  no     INTEGER PRIMARY KEY CHECK (no = 1),
  id     INTEGER NOT NULL,
  -- Where this device stands in the account's log; NULL before its first login.
  cursor INTEGER
) STRICT;

-- The newest sessions of this device: what they sent is no news to it.
CREATE TABLE session (
  no INTEGER PRIMARY KEY
) STRICT;

CREATE TABLE conversation (
  no             INTEGER PRIMARY KEY AUTOINCREMENT,
  kind           INTEGER NOT NULL,
  id             TEXT    NOT NULL,
  -- Rises with every sign of life: the list's order within a second.
  touched        INTEGER NOT NULL DEFAULT 0,
  active_time    INTEGER NOT NULL DEFAULT 0,
  unread         INTEGER NOT NULL DEFAULT 0,
  read_order     INTEGER NOT NULL DEFAULT 0,
  peer_read_time INTEGER NOT NULL DEFAULT 0,
  -- The last message; NULL if there is none.
  last_time      INTEGER,
  last_order     INTEGER,
  UNIQUE (kind, id)
) STRICT;

CREATE TABLE message (
  conv       INTEGER NOT NULL,
  time       INTEGER NOT NULL,
  "order"    INTEGER NOT NULL,
  key        INTEGER NOT NULL,
  sender     TEXT    NOT NULL,
  account    INTEGER NOT NULL,
  platform   INTEGER NOT NULL,
  seq        INTEGER NOT NULL,
  status     INTEGER NOT NULL,
  counts     INTEGER NOT NULL,
  becomes_last INTEGER NOT NULL,
  custom_int INTEGER NOT NULL DEFAULT 0,
  custom_str TEXT    NOT NULL DEFAULT '',
  body       TEXT    NOT NULL,
  PRIMARY KEY (conv, time, "order")
) STRICT, WITHOUT ROWID;
CREATE INDEX message_key ON message (key);
