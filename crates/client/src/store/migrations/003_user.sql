-- What is shown about other users and the user of this store: profiles and remarks.

CREATE TABLE user (
  id      TEXT    PRIMARY KEY,
  -- NULL for somebody who is no friend.
  remark  TEXT,
  -- A UserProfile as JSON.
  profile TEXT    NOT NULL,
  -- When the service was asked, in Unix seconds.
  asked   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
