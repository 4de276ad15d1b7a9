-- The groups that the user is or was in: where this device stands in their logs, and what conversations show of them.

CREATE TABLE known_group (
  id       TEXT    NOT NULL PRIMARY KEY,
  no       INTEGER NOT NULL UNIQUE,
  -- What lies past it has not come here.
  cursor   INTEGER NOT NULL,
  -- The service knows that this much has come to the account.
  kept     INTEGER NOT NULL,
  joined   INTEGER NOT NULL,
  name     TEXT    NOT NULL,
  face_url TEXT    NOT NULL,
  kind     INTEGER NOT NULL,
  msg_flag INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What counts as unread, found without reading what was read long ago.
CREATE INDEX message_counts ON message (conv, "order", sender) WHERE counts AND status = 2;
