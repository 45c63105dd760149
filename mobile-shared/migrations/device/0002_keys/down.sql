ALTER TABLE account DROP COLUMN store;
ALTER TABLE account DROP COLUMN generation;
