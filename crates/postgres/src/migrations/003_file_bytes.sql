-- Bytes of the files that an account has brought.
ALTER TABLE account ADD COLUMN file_bytes bigint NOT NULL DEFAULT 0;
