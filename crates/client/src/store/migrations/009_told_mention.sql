-- Messages that mention the user and are not here: the service has told of them.
CREATE TABLE told_mention (
  conv    INTEGER NOT NULL,
  "order" INTEGER NOT NULL,
  time    INTEGER NOT NULL,
  seq     INTEGER NOT NULL,
  at_type INTEGER NOT NULL,
  PRIMARY KEY (conv, "order")
) STRICT, WITHOUT ROWID;
