-- What memberships of a group that have ended, and were followed by another one, gave their accounts: what lies past a place and up to another.
CREATE TABLE stay (
  conv    bigint NOT NULL,
  account bigint NOT NULL,
  upto    bigint NOT NULL,
  after   bigint NOT NULL,
  PRIMARY KEY (conv, account, upto)
);
