-- What lies up to this place of a group that the user has left is still for this device.
ALTER TABLE known_group ADD COLUMN until INTEGER NOT NULL DEFAULT 0;
