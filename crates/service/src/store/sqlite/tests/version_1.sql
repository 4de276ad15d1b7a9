-- A small database as version 1 of the schema holds it.
INSERT INTO account (no, id, created, delivered) VALUES (3, 'alice', 1600000000, 41), (5, 'bob', 1600000001, 40);
INSERT INTO device (account, device, platform, session, state) VALUES
  (3, 77, 6, 8, 0),
  (5, -9223372036854775808, 6, 9, 1);
UPDATE counter SET session = 9 WHERE no = 1;
INSERT INTO conversation (no, kind, a, b) VALUES (2, 1, 3, 5);
INSERT INTO message (conv, "order", time, sender, platform, key, seq, counts, becomes_last, body) VALUES
  (2, 1, 1600000010, 3, 6, -1, 65535, 1, 1, '{"e":[{"elem_type":0,"text_elem_content":"hello"}]}'),
  (2, 2, 1600000020, 5, 6, 6871947673600000001, 1, 1, 1, '{"e":[{"elem_type":0,"text_elem_content":"hi"}]}');
INSERT INTO member (account, conv, read_order, read_time, hidden) VALUES (3, 2, 0, 0, 0), (5, 2, 1, 1600000010, 0);
INSERT INTO log (account, seq, origin, kind, conv, value) VALUES
  (3, 39, 8, 1, 2, 1), (5, 40, 8, 1, 2, 1),
  (5, 41, 9, 3, 2, 1),
  (3, 41, 9, 2, 2, 1600000010),
  (5, 42, 9, 1, 2, 2), (3, 42, 9, 1, 2, 2);
