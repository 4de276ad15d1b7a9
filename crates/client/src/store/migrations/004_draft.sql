-- What the user has begun to write.
CREATE TABLE draft (
  conv INTEGER PRIMARY KEY,
  -- A Draft as JSON.
  body TEXT NOT NULL
) STRICT;

-- In the list although all its messages were deleted.
ALTER TABLE conversation ADD COLUMN kept INTEGER NOT NULL DEFAULT 0;

-- Messages on their way: after a crash they are failed ones.
CREATE INDEX message_sending ON message (status) WHERE status = 1;
