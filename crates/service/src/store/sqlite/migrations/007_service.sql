-- Which service this is: what devices keep is of one. A file that is removed and made anew is another.
ALTER TABLE counter ADD COLUMN service INTEGER NOT NULL DEFAULT 0;
UPDATE counter SET service = random();

-- What lies at this place of a group and past it is not for this account, which has left; 0 for who has not.
ALTER TABLE member ADD COLUMN left_at INTEGER NOT NULL DEFAULT 0;
-- Where those who left so far have left is not known: nothing more is for them.
UPDATE member SET left_at = 1 WHERE EXISTS (
  SELECT 1 FROM conversation c WHERE c.no = member.conv AND c.kind = 2
  AND NOT EXISTS (SELECT 1 FROM group_member m WHERE m.grp = c.a AND m.account = member.account));

-- Groups that are no more, whose messages wait for those who have not got them yet.
CREATE TABLE dissolved (
  conv INTEGER PRIMARY KEY,
  time INTEGER NOT NULL
) STRICT;
CREATE INDEX dissolved_time ON dissolved (time);
-- Of those of before, something is left too.
INSERT INTO dissolved (conv, time)
  SELECT no, unixepoch() FROM conversation WHERE kind = 2 AND a NOT IN (SELECT no FROM chat_group);

-- Applications to a group, to be counted from the newest on.
CREATE INDEX group_pendency_time ON group_pendency (grp, time) WHERE kind <> 1;
