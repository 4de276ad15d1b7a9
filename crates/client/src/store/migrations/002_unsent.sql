-- Places get room for unsent messages between those of the service: its place times 2^20, and for unsent ones a number more. Before, an
-- unsent message stood at 2^62 and more, after all others of its second.

CREATE TEMP TABLE moved AS
  SELECT conv, time, "order" AS old, ((
      SELECT coalesce(max(sent."order"), 0) FROM message AS sent
      WHERE sent.conv = message.conv AND sent.time <= message.time AND sent."order" < 1 << 62
    ) << 20) + row_number() OVER (PARTITION BY conv ORDER BY time, "order") AS new
  FROM message WHERE "order" >= 1 << 62;

UPDATE conversation SET read_order = read_order << 20, last_order = coalesce(
  (SELECT new FROM moved WHERE conv = no AND time = last_time AND old = last_order), last_order << 20);
UPDATE message SET "order" = "order" << 20 WHERE "order" < 1 << 62;
UPDATE message SET "order" = moved.new FROM moved
  WHERE message.conv = moved.conv AND message.time = moved.time AND message."order" = moved.old;
DROP TABLE moved;
