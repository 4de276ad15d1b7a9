-- Accounts that the operator keeps out.
ALTER TABLE account ADD COLUMN shut_out INTEGER NOT NULL DEFAULT 0;
