-- A small store of alice's as version 1 of the schema holds it.
INSERT INTO device (no, id, cursor) VALUES (1, -1, 42);
INSERT INTO conversation (no, kind, id, touched, active_time, unread, read_order, peer_read_time, last_time, last_order) VALUES
  (1, 1, 'bob', 7, 1600000030, 1, 1, 1600000020, 1600000030, 3),
  (2, 1, 'made, but silent', 6, 1600000001, 0, 0, 0, NULL, NULL);
INSERT INTO message
  (conv, time, "order", key, sender, account, platform, seq, status, counts, becomes_last, custom_int, custom_str, body) VALUES
  (1, 1600000010, 1, 6871947716549672961, 'bob', 5, 6, 1, 2, 1, 1, 0, '', '{"e":[{"elem_type":0,"text_elem_content":"hello"}]}'),
  (1, 1600000020, 2, -1, 'alice', 3, 6, 7, 2, 0, 1, 4000000000, 'mine', '{"e":[{"elem_type":0,"text_elem_content":"hi"}]}'),
  (1, 1600000020, 4611686018427387913, 6871947759499345929, 'alice', 3, 6, 9, 3, 0, 1, 0, '', '{"e":[{"elem_type":0,"text_elem_content":"not sent"}]}'),
  (1, 1600000030, 3, 6871947802449018883, 'bob', 5, 6, 3, 2, 1, 1, 0, '', '{"e":[{"elem_type":0,"text_elem_content":"bye"}]}');
