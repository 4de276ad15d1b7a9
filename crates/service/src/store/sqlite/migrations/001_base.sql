-- Accounts, devices, conversations, messages, and one log per account.

CREATE TABLE account (
  no        INTEGER PRIMARY KEY AUTOINCREMENT,
  id        TEXT    NOT NULL UNIQUE,
  created   INTEGER NOT NULL,
  delivered INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE device (
  account  INTEGER NOT NULL,
  device   INTEGER NOT NULL,
  platform INTEGER NOT NULL,
  session  INTEGER NOT NULL,
  state    INTEGER NOT NULL,
  PRIMARY KEY (account, device)
) STRICT, WITHOUT ROWID;

-- One row: the newest session number given.
CREATE TABLE counter (
  no      INTEGER PRIMARY KEY CHECK (no = 1),
  session INTEGER NOT NULL
) STRICT;
INSERT INTO counter (no, session) VALUES (1, 0);

CREATE TABLE conversation (
  no   INTEGER PRIMARY KEY AUTOINCREMENT,
  kind INTEGER NOT NULL,
  a    INTEGER NOT NULL,
  b    INTEGER NOT NULL,
  UNIQUE (kind, a, b)
) STRICT;

CREATE TABLE message (
  conv     INTEGER NOT NULL,
  "order"  INTEGER NOT NULL,
  time     INTEGER NOT NULL,
  sender   INTEGER NOT NULL,
  platform INTEGER NOT NULL,
  key      INTEGER NOT NULL,
  seq      INTEGER NOT NULL,
  counts   INTEGER NOT NULL,
  becomes_last INTEGER NOT NULL,
  body     TEXT    NOT NULL,
  PRIMARY KEY (conv, "order")
) STRICT, WITHOUT ROWID;
-- A sender's key is for ever: the same message sent again is the same message.
CREATE UNIQUE INDEX message_key ON message (sender, key);

CREATE TABLE member (
  account    INTEGER NOT NULL,
  conv       INTEGER NOT NULL,
  read_order INTEGER NOT NULL DEFAULT 0,
  read_time  INTEGER NOT NULL DEFAULT 0,
  hidden     INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (account, conv)
) STRICT, WITHOUT ROWID;

-- "seq" rises by one for an account. The newest entry stays for ever: it says which number is next.
CREATE TABLE log (
  account INTEGER NOT NULL,
  seq     INTEGER NOT NULL,
  origin  INTEGER NOT NULL,
  kind    INTEGER NOT NULL,
  conv    INTEGER NOT NULL,
  value   INTEGER NOT NULL,
  PRIMARY KEY (account, seq)
) STRICT, WITHOUT ROWID;
