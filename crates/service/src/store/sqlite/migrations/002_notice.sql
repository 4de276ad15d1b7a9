-- Notices in the logs of accounts and among the messages of groups; messages that were taken back.

ALTER TABLE log ADD COLUMN body TEXT NOT NULL DEFAULT '';
-- The session that sent it.
ALTER TABLE message ADD COLUMN origin INTEGER NOT NULL DEFAULT 0;
-- 0: a notice that is no part of the history.
ALTER TABLE message ADD COLUMN listed INTEGER NOT NULL DEFAULT 1;
ALTER TABLE message ADD COLUMN revoked INTEGER NOT NULL DEFAULT 0;
