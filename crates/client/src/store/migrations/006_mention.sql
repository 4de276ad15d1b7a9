-- Messages that mention somebody, to be found among many that do not. "a" is the list in the stored body.
CREATE INDEX message_mention ON message (conv, "order") WHERE instr(body, '"a":[') > 0;
