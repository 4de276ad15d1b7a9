-- 3: the group has no approve option of its own. So far the option was written as the kind of group has it, also where nobody had set it.
UPDATE chat_group SET approve_option = 3 WHERE kind IN (0, 2) AND approve_option = 0 OR kind IN (1, 5) AND approve_option = 2;
