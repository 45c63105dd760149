-- The accounts that have a copy on this phone. Nothing of what is in the copies stands
-- here, except the name under which a person finds theirs again.
CREATE TABLE account (
    id blob PRIMARY KEY NOT NULL,
    login text NOT NULL,
    name text NOT NULL,
    -- At most one: whose copy is open.
    is_open boolean NOT NULL
) WITHOUT ROWID;

-- At most one row: what the next person at the door has to be told, as JSON.
CREATE TABLE notice (
    id integer PRIMARY KEY NOT NULL CHECK (id = 1),
    value text NOT NULL
);
