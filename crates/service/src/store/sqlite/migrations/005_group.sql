-- Groups, their members, what outlives a membership, and requests to join.

CREATE TABLE chat_group (
  no        INTEGER PRIMARY KEY AUTOINCREMENT,
  id        TEXT    NOT NULL UNIQUE,
  kind      INTEGER NOT NULL,
  owner     INTEGER NOT NULL,
  created   INTEGER NOT NULL,
  info_seq  INTEGER NOT NULL,
  info_time INTEGER NOT NULL,
  members   INTEGER NOT NULL,
  joined    INTEGER NOT NULL,
  name           TEXT    NOT NULL,
  notification   TEXT    NOT NULL,
  introduction   TEXT    NOT NULL,
  face_url       TEXT    NOT NULL,
  add_option     INTEGER NOT NULL,
  approve_option INTEGER NOT NULL,
  max_members    INTEGER NOT NULL,
  visible        INTEGER NOT NULL,
  searchable     INTEGER NOT NULL,
  shutup_all     INTEGER NOT NULL,
  custom         TEXT    NOT NULL
) STRICT;

CREATE TABLE group_member (
  grp       INTEGER NOT NULL,
  account   INTEGER NOT NULL,
  role      INTEGER NOT NULL,
  join_time INTEGER NOT NULL,
  joined    INTEGER NOT NULL,
  delivered INTEGER NOT NULL,
  msg_flag  INTEGER NOT NULL,
  name_card TEXT    NOT NULL,
  custom    TEXT    NOT NULL,
  PRIMARY KEY (grp, account)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX group_member_joined ON group_member (grp, joined);
CREATE INDEX group_member_account ON group_member (account);
-- A group has few of them among many members.
CREATE INDEX group_member_admin ON group_member (grp, joined) WHERE role > 200;

CREATE TABLE group_sanction (
  grp          INTEGER NOT NULL,
  account      INTEGER NOT NULL,
  muted_until  INTEGER NOT NULL,
  barred_until INTEGER NOT NULL,
  PRIMARY KEY (grp, account)
) STRICT, WITHOUT ROWID;

CREATE TABLE group_pendency (
  time      INTEGER PRIMARY KEY,
  grp       INTEGER NOT NULL,
  kind      INTEGER NOT NULL,
  subject   INTEGER NOT NULL,
  "from"    INTEGER NOT NULL,
  msg       TEXT    NOT NULL,
  user_data TEXT    NOT NULL,
  handler   INTEGER NOT NULL,
  accepted  INTEGER NOT NULL,
  answer    TEXT    NOT NULL,
  UNIQUE (grp, kind, subject)
) STRICT;
CREATE INDEX group_pendency_subject ON group_pendency (subject, time) WHERE kind = 1;

CREATE TABLE group_pendency_read (
  account INTEGER PRIMARY KEY,
  time    INTEGER NOT NULL
) STRICT;

-- Who is online: a message to a large group rings these.
CREATE INDEX device_in ON device (account, session) WHERE state = 1;
