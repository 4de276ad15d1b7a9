-- What version 8 of the embedded service's schema holds. Numbers of 64 bits are kept as bigint, bit by bit. What is written again and again
-- in place has room for it on its page, so that no index is touched.

-- Which service this is: drawn once.
CREATE TABLE service (
  no integer PRIMARY KEY CHECK (no = 1),
  id bigint  NOT NULL
);
INSERT INTO service (no, id)
  VALUES (1, ('x' || left(md5(gen_random_uuid()::text), 16))::bit(64)::bigint);

CREATE SEQUENCE session;

-- "trimmed": entries of its log up to this place are gone. "shut_out": the operator keeps it out.
CREATE TABLE account (
  no        bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  id        text   NOT NULL COLLATE "C" UNIQUE,
  created   bigint NOT NULL,
  delivered bigint NOT NULL DEFAULT 0,
  trimmed   bigint NOT NULL DEFAULT 0,
  shut_out  boolean NOT NULL DEFAULT false
) WITH (fillfactor = 80);

CREATE TABLE device (
  account  bigint   NOT NULL,
  device   bigint   NOT NULL,
  platform smallint NOT NULL,
  session  bigint   NOT NULL,
  state    smallint NOT NULL,
  cursor   bigint   NOT NULL,
  seen     bigint   NOT NULL,
  PRIMARY KEY (account, device)
) WITH (fillfactor = 80);
-- Who is online.
CREATE INDEX device_in ON device (account, session) WHERE state = 1;

-- "head", "time": of the newest message. "newest…": of the newest one that stands in the history.
CREATE TABLE conversation (
  no           bigint   PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  kind         smallint NOT NULL,
  a            bigint   NOT NULL,
  b            bigint   NOT NULL,
  head         bigint   NOT NULL DEFAULT 0,
  time         bigint   NOT NULL DEFAULT 0,
  newest       bigint   NOT NULL DEFAULT 0,
  newest_seq   bigint   NOT NULL DEFAULT 0,
  newest_time  bigint   NOT NULL DEFAULT 0,
  UNIQUE (kind, a, b)
) WITH (fillfactor = 50);

CREATE TABLE message (
  conv         bigint   NOT NULL,
  "order"      bigint   NOT NULL,
  time         bigint   NOT NULL,
  sender       bigint   NOT NULL,
  key          bigint   NOT NULL,
  seq          bigint   NOT NULL,
  origin       bigint   NOT NULL,
  platform     smallint NOT NULL,
  counts       boolean  NOT NULL,
  becomes_last boolean  NOT NULL,
  listed       boolean  NOT NULL,
  revoked      boolean  NOT NULL,
  body         text     NOT NULL,
  PRIMARY KEY (conv, "order")
);
-- A sender's key is for ever: the same message sent again is the same message.
CREATE UNIQUE INDEX message_key ON message (sender, key);

-- How accounts stand to conversations.
CREATE TABLE member (
  account    bigint NOT NULL,
  conv       bigint NOT NULL,
  read_order bigint NOT NULL DEFAULT 0,
  read_time  bigint NOT NULL DEFAULT 0,
  hidden     bigint NOT NULL DEFAULT 0,
  left_at    bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (account, conv)
) WITH (fillfactor = 80);
CREATE INDEX member_conv ON member (conv);

-- Messages that an account has deleted for itself.
CREATE TABLE deleted (
  account bigint NOT NULL,
  conv    bigint NOT NULL,
  "order" bigint NOT NULL,
  PRIMARY KEY (account, conv, "order")
);
CREATE INDEX deleted_conv ON deleted (conv);

-- The newest place in an account's log. Whoever writes into the log holds the row until the end: places become visible in their order.
CREATE TABLE log_head (
  account bigint PRIMARY KEY,
  seq     bigint NOT NULL
) WITH (fillfactor = 30);

CREATE TABLE log (
  account bigint   NOT NULL,
  seq     bigint   NOT NULL,
  origin  bigint   NOT NULL,
  conv    bigint   NOT NULL,
  value   bigint   NOT NULL,
  kind    smallint NOT NULL,
  body    text     NOT NULL,
  PRIMARY KEY (account, seq)
);

-- What an account has set: a UserProfileItem as JSON.
CREATE TABLE profile (
  account bigint PRIMARY KEY,
  body    text   NOT NULL
);

-- "peer" is in the list of "account".
CREATE TABLE friend (
  account     bigint NOT NULL,
  peer        bigint NOT NULL,
  add_time    bigint NOT NULL,
  remark      text   NOT NULL,
  add_source  text   NOT NULL,
  add_wording text   NOT NULL,
  custom      text   NOT NULL,
  PRIMARY KEY (account, peer)
);
CREATE INDEX friend_peer ON friend (peer, account);

CREATE TABLE friend_group (
  no      bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  account bigint NOT NULL,
  name    text   NOT NULL COLLATE "C",
  UNIQUE (account, name)
);

CREATE TABLE friend_group_member (
  grp     bigint NOT NULL,
  peer    bigint NOT NULL,
  account bigint NOT NULL,
  PRIMARY KEY (grp, peer)
);
CREATE INDEX friend_group_member_peer ON friend_group_member (account, peer);

-- A request stands here twice, once for each side.
CREATE TABLE pendency (
  account     bigint   NOT NULL,
  peer        bigint   NOT NULL,
  seq         bigint   NOT NULL,
  time        bigint   NOT NULL,
  side        smallint NOT NULL,
  read        boolean  NOT NULL,
  add_source  text     NOT NULL,
  add_wording text     NOT NULL,
  remark      text     NOT NULL,
  grp         text     NOT NULL,
  PRIMARY KEY (account, side, peer)
);
CREATE INDEX pendency_seq ON pendency (account, seq);

CREATE TABLE blocked (
  account bigint NOT NULL,
  peer    bigint NOT NULL,
  PRIMARY KEY (account, peer)
);

-- Numbers of an account that would take long to count, and the place of its newest request.
CREATE TABLE relations (
  account      bigint PRIMARY KEY,
  friends      bigint NOT NULL DEFAULT 0,
  pendency_seq bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 50);

CREATE TABLE chat_group (
  no             bigint  PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  id             text    NOT NULL COLLATE "C" UNIQUE,
  owner          bigint  NOT NULL,
  created        bigint  NOT NULL,
  info_seq       bigint  NOT NULL,
  info_time      bigint  NOT NULL,
  members        bigint  NOT NULL,
  joined         bigint  NOT NULL,
  max_members    bigint  NOT NULL,
  kind           integer NOT NULL,
  add_option     bigint  NOT NULL,
  approve_option bigint  NOT NULL,
  visible        bigint  NOT NULL,
  searchable     bigint  NOT NULL,
  shutup_all     boolean NOT NULL,
  name           text    NOT NULL,
  notification   text    NOT NULL,
  introduction   text    NOT NULL,
  face_url       text    NOT NULL,
  custom         text    NOT NULL
) WITH (fillfactor = 70);

CREATE TABLE group_member (
  grp       bigint NOT NULL,
  account   bigint NOT NULL,
  join_time bigint NOT NULL,
  joined    bigint NOT NULL,
  delivered bigint NOT NULL,
  role      bigint NOT NULL,
  msg_flag  bigint NOT NULL,
  name_card text   NOT NULL,
  custom    text   NOT NULL,
  PRIMARY KEY (grp, account)
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX group_member_joined ON group_member (grp, joined);
CREATE INDEX group_member_account ON group_member (account);
-- A group has few of them among many members.
CREATE INDEX group_member_admin ON group_member (grp, joined) WHERE role > 200;

CREATE TABLE group_sanction (
  grp          bigint NOT NULL,
  account      bigint NOT NULL,
  muted_until  bigint NOT NULL,
  barred_until bigint NOT NULL,
  PRIMARY KEY (grp, account)
);

CREATE TABLE group_pendency (
  time      bigint  PRIMARY KEY,
  grp       bigint  NOT NULL,
  kind      bigint  NOT NULL,
  subject   bigint  NOT NULL,
  "from"    bigint  NOT NULL,
  handler   bigint  NOT NULL,
  accepted  boolean NOT NULL,
  msg       text    NOT NULL,
  user_data text    NOT NULL,
  answer    text    NOT NULL,
  UNIQUE (grp, kind, subject)
);
CREATE INDEX group_pendency_subject ON group_pendency (subject, time) WHERE kind = 1;
-- Applications to a group, to be counted from the newest on.
CREATE INDEX group_pendency_time ON group_pendency (grp, time) WHERE kind <> 1;

CREATE TABLE group_pendency_read (
  account bigint PRIMARY KEY,
  time    bigint NOT NULL
);

-- Groups that are no more, whose messages wait for those who have not got them yet.
CREATE TABLE dissolved (
  conv bigint PRIMARY KEY,
  time bigint NOT NULL
);
CREATE INDEX dissolved_time ON dissolved (time);
