-- What this copy knows of itself: the sign-in and the state of the contact, as JSON.
CREATE TABLE meta (
    name text PRIMARY KEY NOT NULL,
    value text NOT NULL
) WITHOUT ROWID;

-- The scopes that are here. `filling`: coming from nothing, not all there yet; `refilled`: it was
-- here before, so records may be left over when the round is complete.
-- `compare`: not to be trusted as it is; the next pull has the server compare it, by its
-- `sum` or by its `rows`.
-- `anew_at`: when it last began anew because it was wrong; a large one does so once a day at most.
-- `live` and `sum`: what the scope must come to when its round is complete. `here_live` and
-- `here_sum`: what its rows come to, carried on with each that is written.
CREATE TABLE scope (
    key integer PRIMARY KEY NOT NULL,
    agency blob NOT NULL,
    path text NOT NULL,
    filling boolean NOT NULL DEFAULT FALSE,
    refilled boolean NOT NULL DEFAULT FALSE,
    compare text,
    anew_at bigint,
    live bigint,
    sum bigint,
    here_live bigint NOT NULL DEFAULT 0,
    here_sum bigint NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX scope_path ON scope (agency, path);

-- Every record that lies in at least one scope, as the server last said it.
-- `version` is the highest under which it came: an older page never overwrites it.
-- By kind first: the home screen reads a few kinds whole, and never the many points.
CREATE TABLE record (
    agency blob NOT NULL,
    kind text NOT NULL,
    id blob NOT NULL,
    subject blob,
    version bigint NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (kind, agency, id)
);
CREATE INDEX record_subject ON record (agency, subject, kind);

-- Which record lies in which scope, at which version.
CREATE TABLE visible (
    scope bigint NOT NULL,
    kind text NOT NULL,
    id blob NOT NULL,
    version bigint NOT NULL,
    PRIMARY KEY (scope, kind, id)
) WITHOUT ROWID;
CREATE INDEX visible_record ON visible (kind, id);

-- Changes of a round that is not complete yet. No body: the record leaves the scope.
CREATE TABLE staged (
    scope bigint NOT NULL,
    kind text NOT NULL,
    id blob NOT NULL,
    version bigint NOT NULL,
    body text,
    PRIMARY KEY (scope, kind, id)
) WITHOUT ROWID;

-- Records with the person's own work laid over them: what screens show instead.
CREATE TABLE preview (
    agency blob NOT NULL,
    kind text NOT NULL,
    id blob NOT NULL,
    subject blob,
    body text NOT NULL,
    PRIMARY KEY (agency, kind, id)
) WITHOUT ROWID;
CREATE INDEX preview_subject ON preview (agency, subject, kind);

-- Everything the person did, with the bytes as first written.
-- state: waiting (has no verdict) | received (taken; kept 35 days, so that a restored
-- server gets it again) | parked (rejected, or stands on what was; the person decides) |
-- receipt (rejected after its scope was purged: only that it happened is left).
-- `attempted`: its bytes were in a push and never change again. `shown`: the rows hold its
-- effect. `sealed`: its scope was purged; it is sent but not read.
CREATE TABLE outbox (
    place integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    id blob NOT NULL,
    agency blob NOT NULL,
    subject blob NOT NULL,
    name text NOT NULL,
    done_at bigint NOT NULL,
    bytes text NOT NULL,
    state text NOT NULL,
    attempted boolean NOT NULL DEFAULT FALSE,
    shown boolean NOT NULL DEFAULT FALSE,
    sealed boolean NOT NULL DEFAULT FALSE,
    number bigint,
    judged_at bigint,
    code text,
    field text,
    because blob
);
CREATE UNIQUE INDEX outbox_id ON outbox (id);
CREATE INDEX outbox_state ON outbox (state, agency, place);

-- Which records an operation touches, and which field if it edits one.
CREATE TABLE touch (
    place bigint NOT NULL REFERENCES outbox (place) ON DELETE CASCADE,
    agency blob NOT NULL,
    kind text NOT NULL,
    id blob NOT NULL,
    field text NOT NULL
);
CREATE INDEX touch_place ON touch (place);
CREATE INDEX touch_record ON touch (agency, kind, id);

-- Ids of events that are not taken again: edits that became one with an earlier unsent one,
-- and what was taken back before it was sent.
CREATE TABLE joined (
    id blob PRIMARY KEY NOT NULL
) WITHOUT ROWID;

-- What the person began and has not done yet, as its screen knows it. `name`: of the intent
-- that it will become.
CREATE TABLE draft (
    agency blob NOT NULL,
    student blob NOT NULL,
    name text NOT NULL,
    at bigint NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (agency, student, name)
) WITHOUT ROWID;

-- The number of the next operation of each agency's stream; 1 when it is not here.
CREATE TABLE stream (
    agency blob PRIMARY KEY NOT NULL,
    next_number bigint NOT NULL
) WITHOUT ROWID;

-- Purged scopes that the server does not know to be gone yet.
CREATE TABLE forgotten (
    agency blob NOT NULL,
    path text NOT NULL,
    PRIMARY KEY (agency, path)
) WITHOUT ROWID;
