-- Bytes of the files that an account has brought.
ALTER TABLE account ADD COLUMN file_bytes INTEGER NOT NULL DEFAULT 0;
