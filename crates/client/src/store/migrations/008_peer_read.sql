-- In the second up to which the peer has read: up to which place. Without one all of that second is read.
ALTER TABLE conversation ADD COLUMN peer_read_order INTEGER;
