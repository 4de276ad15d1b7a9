-- What memberships of a group that have ended, and were followed by another one, gave their accounts: what lies past a place and up to another.
CREATE TABLE stay (
  conv    INTEGER NOT NULL,
  account INTEGER NOT NULL,
  upto    INTEGER NOT NULL,
  after   INTEGER NOT NULL,
  PRIMARY KEY (conv, account, upto)
) STRICT, WITHOUT ROWID;
