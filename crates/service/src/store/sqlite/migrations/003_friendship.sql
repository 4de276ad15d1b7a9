-- Profiles, friends with their groups, friend requests, black lists.

-- "body": what the account has set, a UserProfileItem as JSON.
CREATE TABLE profile (
  account INTEGER PRIMARY KEY,
  body    TEXT NOT NULL
) STRICT;

-- "peer" is in the list of "account".
CREATE TABLE friend (
  account     INTEGER NOT NULL,
  peer        INTEGER NOT NULL,
  remark      TEXT    NOT NULL,
  add_source  TEXT    NOT NULL,
  add_wording TEXT    NOT NULL,
  add_time    INTEGER NOT NULL,
  custom      TEXT    NOT NULL,
  PRIMARY KEY (account, peer)
) STRICT, WITHOUT ROWID;
CREATE INDEX friend_peer ON friend (peer, account);

CREATE TABLE friend_group (
  no      INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL,
  name    TEXT    NOT NULL,
  UNIQUE (account, name)
) STRICT;

CREATE TABLE friend_group_member (
  "group" INTEGER NOT NULL,
  peer    INTEGER NOT NULL,
  account INTEGER NOT NULL,
  PRIMARY KEY ("group", peer)
) STRICT, WITHOUT ROWID;
CREATE INDEX friend_group_member_peer ON friend_group_member (account, peer);

-- A request stands here twice, once for each side.
CREATE TABLE pendency (
  account     INTEGER NOT NULL,
  side        INTEGER NOT NULL,
  peer        INTEGER NOT NULL,
  seq         INTEGER NOT NULL,
  time        INTEGER NOT NULL,
  add_source  TEXT    NOT NULL,
  add_wording TEXT    NOT NULL,
  remark      TEXT    NOT NULL,
  "group"     TEXT    NOT NULL,
  read        INTEGER NOT NULL,
  PRIMARY KEY (account, side, peer)
) STRICT, WITHOUT ROWID;
CREATE INDEX pendency_seq ON pendency (account, seq);

CREATE TABLE blocked (
  account INTEGER NOT NULL,
  peer    INTEGER NOT NULL,
  PRIMARY KEY (account, peer)
) STRICT, WITHOUT ROWID;

-- Numbers of an account that would take long to count, and the place of its newest request.
CREATE TABLE relations (
  account      INTEGER PRIMARY KEY,
  friends      INTEGER NOT NULL DEFAULT 0,
  pendency_seq INTEGER NOT NULL DEFAULT 0
) STRICT;
