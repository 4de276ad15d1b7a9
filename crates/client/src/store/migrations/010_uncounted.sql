-- Conversations whose unread messages the service was asked about in vain.
ALTER TABLE conversation ADD COLUMN uncounted INTEGER NOT NULL DEFAULT 0;
CREATE INDEX conversation_uncounted ON conversation (no) WHERE uncounted;
