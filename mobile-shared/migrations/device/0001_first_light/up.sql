-- The accounts that have a copy on this phone. Nothing of what is in the copies stands
-- here, except the name under which a person finds theirs again.
CREATE TABLE account (
    id blob PRIMARY KEY NOT NULL,
    login text NOT NULL,
    name text NOT NULL,
    -- The copy's id, so that signing in again names the same store.
    store blob NOT NULL,
    -- At most one: whose copy is open.
    is_open boolean NOT NULL
) WITHOUT ROWID;
