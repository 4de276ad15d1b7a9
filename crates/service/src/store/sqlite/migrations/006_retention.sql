-- 3: the group has no approve option of its own. So far the option was written as the kind of group has it, also where nobody had set it.
UPDATE chat_group SET approve_option = 3 WHERE kind IN (0, 2) AND approve_option = 0 OR kind IN (1, 5) AND approve_option = 2;

-- Where a device stands in the account's log, and when it was seen last, in Unix seconds. Of those that are there nothing is known yet: they
-- hold back what lies in the log as if they had been seen just now.
ALTER TABLE device ADD COLUMN cursor INTEGER NOT NULL DEFAULT 0;
ALTER TABLE device ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;
UPDATE device SET seen = unixepoch();
