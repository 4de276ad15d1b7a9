-- Messages that an account has deleted for itself.
CREATE TABLE deleted (
  account INTEGER NOT NULL,
  conv    INTEGER NOT NULL,
  "order" INTEGER NOT NULL,
  PRIMARY KEY (account, conv, "order")
) STRICT, WITHOUT ROWID;
