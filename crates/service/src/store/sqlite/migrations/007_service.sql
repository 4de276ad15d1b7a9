-- Which service this is: what devices keep is of one. A file that is removed and made anew is another.
ALTER TABLE counter ADD COLUMN service INTEGER NOT NULL DEFAULT 0;
UPDATE counter SET service = random();

-- What lies at this place of a group and past it is not for this account, which has left; 0 for who has not.
ALTER TABLE member ADD COLUMN left_at INTEGER NOT NULL DEFAULT 0;

-- Groups that are no more, whose messages wait for those who have not got them yet.
CREATE TABLE dissolved (
  conv INTEGER PRIMARY KEY,
  time INTEGER NOT NULL
) STRICT;
CREATE INDEX dissolved_time ON dissolved (time);

-- Applications to a group, to be counted from the newest on.
CREATE INDEX group_pendency_time ON group_pendency (grp, time) WHERE kind <> 1;
