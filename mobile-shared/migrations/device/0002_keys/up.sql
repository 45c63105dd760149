-- In which file of the account the copy lies; each is written under a key of its own. 0: the one from
-- before copies were encrypted, under none.
ALTER TABLE account ADD COLUMN generation integer NOT NULL DEFAULT 0;
-- The copy as the server knows it. Nothing: it stands in the copy alone.
ALTER TABLE account ADD COLUMN store blob;
