-- One row: which database this is. A restore or a lost failover gives it a new epoch.
CREATE TABLE instance (
    id integer PRIMARY KEY CHECK (id = 1),
    epoch blob NOT NULL,
    created_at bigint NOT NULL
);

-- A tenant: district, intermediate unit, state. Everything about a child is keyed by it first.
CREATE TABLE agency (
    id blob PRIMARY KEY,
    name text NOT NULL,
    kind text NOT NULL,
    parent blob,
    time_zone text NOT NULL,
    locale text NOT NULL
);

-- Schools and other organisations inside an agency.
CREATE TABLE org (
    agency blob NOT NULL,
    id blob NOT NULL,
    source_id text,
    name text NOT NULL,
    kind text NOT NULL,
    parent blob,
    ended_at bigint,
    PRIMARY KEY (agency, id)
);
CREATE UNIQUE INDEX org_source ON org (agency, source_id);

-- One adult as one agency knows them: staff member, guardian, other contact. The same
-- human elsewhere is another row; an account may join them.
CREATE TABLE person (
    agency blob NOT NULL,
    id blob NOT NULL,
    account blob,
    source_id text,
    given_name text NOT NULL,
    family_name text NOT NULL,
    preferred_name text,
    email text,
    phone text,
    language text,
    staff_role text,
    ended_at bigint,
    PRIMARY KEY (agency, id)
);
CREATE UNIQUE INDEX person_source ON person (agency, source_id);
CREATE INDEX person_account ON person (account);

-- One student in one agency: the roster's facts and the columns that lists search by.
-- What phones see of the child is the replicated record of kind `student`.
CREATE TABLE student (
    agency blob NOT NULL,
    id blob NOT NULL,
    source_id text,
    person blob,
    given_name text NOT NULL,
    family_name text NOT NULL,
    preferred_name text,
    birth_date date,
    grade text,
    school blob,
    home_language text,
    plan text,
    ended_at bigint,
    PRIMARY KEY (agency, id)
);
CREATE UNIQUE INDEX student_source ON student (agency, source_id);
CREATE INDEX student_name ON student (agency, family_name, given_name, id);

-- A class section of the roster.
CREATE TABLE class (
    agency blob NOT NULL,
    id blob NOT NULL,
    source_id text,
    title text NOT NULL,
    school blob,
    ended_at bigint,
    PRIMARY KEY (agency, id)
);
CREATE UNIQUE INDEX class_source ON class (agency, source_id);

-- Who sits in a class and who teaches it, from the roster.
CREATE TABLE enrollment (
    agency blob NOT NULL,
    id blob NOT NULL,
    source_id text,
    class blob NOT NULL,
    student blob,
    teacher blob,
    starts_at bigint,
    ends_at bigint,
    PRIMARY KEY (agency, id),
    CHECK ((student IS NULL) <> (teacher IS NULL))
);
CREATE UNIQUE INDEX enrollment_source ON enrollment (agency, source_id);
CREATE INDEX enrollment_class ON enrollment (agency, class);
CREATE INDEX enrollment_student ON enrollment (agency, student);
CREATE INDEX enrollment_teacher ON enrollment (agency, teacher);

-- A contact edge from the roster or the office. It is not a right (34 CFR 99.4).
CREATE TABLE relationship (
    agency blob NOT NULL,
    id blob NOT NULL,
    person blob NOT NULL,
    student blob NOT NULL,
    relation text NOT NULL,
    lives_with boolean,
    source text NOT NULL,
    verified_at bigint,
    verified_by blob,
    ended_at bigint,
    PRIMARY KEY (agency, id)
);
CREATE UNIQUE INDEX relationship_pair ON relationship (agency, student, person, relation);
CREATE INDEX relationship_person ON relationship (agency, person);

-- Educational rights: a dated, evidenced fact that a person granted.
CREATE TABLE educational_right (
    agency blob NOT NULL,
    id blob NOT NULL,
    person blob NOT NULL,
    student blob NOT NULL,
    basis text NOT NULL,
    evidence text NOT NULL,
    starts_at bigint NOT NULL,
    ends_at bigint,
    granted_by blob NOT NULL,
    granted_at bigint NOT NULL,
    ended_by blob,
    PRIMARY KEY (agency, id)
);
CREATE INDEX educational_right_person ON educational_right (agency, person);
CREATE INDEX educational_right_student ON educational_right (agency, student);

-- A court's order or a law that keeps a person from a student's record, whatever else links
-- them (34 CFR 99.4). It stands until somebody lifts it.
CREATE TABLE restriction (
    agency blob NOT NULL,
    id blob NOT NULL,
    person blob NOT NULL,
    student blob NOT NULL,
    court_order text NOT NULL,
    starts_at bigint NOT NULL,
    recorded_by blob NOT NULL,
    recorded_at bigint NOT NULL,
    lifted_at bigint,
    lifted_by blob,
    lifted_evidence text,
    PRIMARY KEY (agency, id)
);
CREATE INDEX restriction_person ON restriction (agency, person);
CREATE INDEX restriction_student ON restriction (agency, student);

-- From which age on somebody is of age where the agency is, and by which law: the newest counts.
-- An agency without one follows the one above it.
CREATE TABLE majority_law (
    agency blob NOT NULL,
    id blob NOT NULL,
    age integer NOT NULL,
    law text NOT NULL,
    recorded_by blob NOT NULL,
    recorded_at bigint NOT NULL,
    PRIMARY KEY (agency, id)
);

-- When a student comes of age and holds the rights alone (34 CFR 300.520), and how student and
-- parents were told. It stands until somebody withdraws it.
CREATE TABLE majority (
    agency blob NOT NULL,
    id blob NOT NULL,
    student blob NOT NULL,
    starts_at bigint NOT NULL,
    age integer NOT NULL,
    law text NOT NULL,
    told_at bigint NOT NULL,
    told text NOT NULL,
    recorded_by blob NOT NULL,
    recorded_at bigint NOT NULL,
    withdrawn_at bigint,
    withdrawn_by blob,
    withdrawn_evidence text,
    PRIMARY KEY (agency, id)
);
CREATE INDEX majority_student ON majority (agency, student);

-- A staff member's dated assignment to a student, to a class or to the whole agency.
CREATE TABLE assignment (
    agency blob NOT NULL,
    id blob NOT NULL,
    person blob NOT NULL,
    role text NOT NULL,
    service text,
    student blob,
    class blob,
    org blob,
    source text NOT NULL,
    starts_at bigint NOT NULL,
    ends_at bigint,
    ended_by blob,
    PRIMARY KEY (agency, id)
);
CREATE INDEX assignment_person ON assignment (agency, person);
CREATE INDEX assignment_student ON assignment (agency, student);

-- Somebody who can sign in; may be a person in several agencies.
CREATE TABLE account (
    id blob PRIMARY KEY,
    login text NOT NULL,
    password_hash text,
    locale text NOT NULL,
    created_at bigint NOT NULL
);
CREATE UNIQUE INDEX account_login ON account (login);

-- One sign-in place of one account: a phone's store or a browser session. `family` is the
-- sign-in that is current there; tokens of an earlier one are void.
CREATE TABLE device (
    id blob PRIMARY KEY,
    account blob NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    store blob,
    family blob NOT NULL,
    created_at bigint NOT NULL,
    signed_in_at bigint NOT NULL,
    last_seen_at bigint NOT NULL,
    signed_out_at bigint,
    revoked_at bigint
);
CREATE INDEX device_account ON device (account);
CREATE UNIQUE INDEX device_store ON device (account, store);

-- Refresh tokens by their hash. One family per sign-in; each is used once, its successor
-- is derived again for the same device within the grace of a lost reply.
CREATE TABLE refresh_token (
    hash blob PRIMARY KEY,
    device blob NOT NULL,
    family blob NOT NULL,
    issued_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    used_at bigint,
    ended_at bigint
);
CREATE INDEX refresh_token_device ON refresh_token (device);

-- Keys with which an account signs in: what the authenticator's public half is, and how often
-- it was used, as the library writes it.
CREATE TABLE passkey (
    id blob PRIMARY KEY,
    account blob NOT NULL,
    credential_id blob NOT NULL,
    credential text NOT NULL,
    name text NOT NULL,
    created_at bigint NOT NULL,
    last_used_at bigint
);
CREATE INDEX passkey_account ON passkey (account);
CREATE UNIQUE INDEX passkey_credential ON passkey (credential_id);

-- How an agency's own sign-in calls an account: who comes from there by that name is the account.
CREATE TABLE issued_subject (
    issuer text NOT NULL,
    subject text NOT NULL,
    account blob NOT NULL,
    linked_at bigint NOT NULL,
    last_used_at bigint,
    PRIMARY KEY (issuer, subject)
);
CREATE UNIQUE INDEX issued_subject_account ON issued_subject (account, issuer);

-- What sign-in asked of a passkey or of an agency's own sign-in, to be answered once and soon; of
-- no account while nobody knows who asks.
CREATE TABLE challenge (
    id blob PRIMARY KEY,
    kind text NOT NULL,
    account blob,
    state text NOT NULL,
    expires_at bigint NOT NULL
);
CREATE INDEX challenge_account ON challenge (account);
CREATE INDEX challenge_expires ON challenge (expires_at);

-- Single-use codes with which somebody signs in as a person, for the first time or again; only the
-- hash is kept. Without a maker it was made at the server's own terminal.
CREATE TABLE invitation (
    agency blob NOT NULL,
    id blob NOT NULL,
    code_hash blob NOT NULL,
    person blob NOT NULL,
    ends_sign_ins boolean NOT NULL,
    made_by blob,
    made_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    used_at bigint,
    ended_at bigint,
    PRIMARY KEY (agency, id)
);
CREATE UNIQUE INDEX invitation_code ON invitation (code_hash);
CREATE INDEX invitation_person ON invitation (agency, person);

-- The counter that makes commit order version order, one per agency.
CREATE TABLE head (
    agency blob PRIMARY KEY,
    version bigint NOT NULL
) WITHOUT ROWID;

-- Every replicated record, as the domain writes it. Only the door writes here.
CREATE TABLE record (
    agency blob NOT NULL,
    kind text NOT NULL,
    id blob NOT NULL,
    subject blob,
    parent blob,
    body text NOT NULL,
    changed_at bigint NOT NULL,
    PRIMARY KEY (agency, kind, id)
);
CREATE INDEX record_subject ON record (agency, subject, kind, id);
CREATE INDEX record_parent ON record (agency, parent, kind, id);

-- Which record lies in which scope, and when it last changed there. Moved up on each change.
CREATE TABLE visible (
    agency blob NOT NULL,
    scope text NOT NULL,
    version bigint NOT NULL,
    kind text NOT NULL,
    id blob NOT NULL,
    deleted boolean NOT NULL,
    changed_at bigint NOT NULL,
    PRIMARY KEY (agency, scope, kind, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX visible_version ON visible (agency, scope, version);

-- Of each scope: its newest version, count and sum of its live rows for the integrity check,
-- and the version up to which what went from it is forgotten (after 400 days).
CREATE TABLE scope_sum (
    agency blob NOT NULL,
    scope text NOT NULL,
    version bigint NOT NULL,
    live bigint NOT NULL,
    sum bigint NOT NULL,
    horizon bigint NOT NULL,
    PRIMARY KEY (agency, scope)
) WITHOUT ROWID;

-- One phone's numbered operations for one agency: (store, account, agency).
CREATE TABLE stream (
    account blob NOT NULL,
    agency blob NOT NULL,
    store blob NOT NULL,
    last_number bigint NOT NULL,
    PRIMARY KEY (account, agency, store)
) WITHOUT ROWID;

-- Every operation with its verdict: the memory that makes a replay harmless, and the
-- audit trail. Bytes are kept as they were sent.
CREATE TABLE operation (
    agency blob NOT NULL,
    id blob NOT NULL,
    account blob,
    person blob,
    store blob,
    number bigint,
    digest blob NOT NULL,
    name text NOT NULL,
    subject blob,
    replaces blob,
    verdict text NOT NULL,
    bytes text NOT NULL,
    occurred_at bigint NOT NULL,
    received_at bigint NOT NULL,
    PRIMARY KEY (agency, id)
);
CREATE UNIQUE INDEX operation_number ON operation (account, agency, store, number);
CREATE INDEX operation_subject ON operation (agency, subject, received_at);

-- The life of a disagreement: a field that stands, or stood, in several versions. The record
-- holds the versions that stand; here is when it was raised, what stood last, and how it ended.
-- Who takes a choice back chooses again: another row, and the earlier one says until when it stood.
CREATE TABLE conflict (
    agency blob NOT NULL,
    record blob NOT NULL,
    field text NOT NULL,
    raised_by blob NOT NULL,
    kind text NOT NULL,
    subject blob,
    raised_at bigint NOT NULL,
    alternatives text NOT NULL,
    settled_at bigint,
    settled_by blob,
    choice blob,
    chosen text,
    stood_until bigint,
    PRIMARY KEY (agency, record, field, raised_by)
);
CREATE INDEX conflict_standing ON conflict (agency, raised_at) WHERE settled_at IS NULL;
CREATE INDEX conflict_subject ON conflict (agency, subject);

-- The texts that a field had before the one that stands, by their hashes: an edit of another one
-- was written over what a restore lost.
CREATE TABLE past_text (
    agency blob NOT NULL,
    record blob NOT NULL,
    field text NOT NULL,
    hash text NOT NULL,
    PRIMARY KEY (agency, record, field, hash)
) WITHOUT ROWID;

-- What was told to leave which device, and when the device said it had.
CREATE TABLE purge (
    device blob NOT NULL,
    agency blob NOT NULL,
    scope text NOT NULL,
    told_at bigint NOT NULL,
    acknowledged_at bigint,
    PRIMARY KEY (device, agency, scope)
) WITHOUT ROWID;

-- Who looked at what of a student, a line a day (34 CFR 99.32). `family`: as one of the student's
-- own. `day`: where the agency is.
CREATE TABLE look (
    agency blob NOT NULL,
    student blob NOT NULL,
    day date NOT NULL,
    person blob NOT NULL,
    topic text NOT NULL,
    family boolean NOT NULL,
    first_at bigint NOT NULL,
    PRIMARY KEY (agency, student, day, person, topic, family)
) WITHOUT ROWID;

-- What of a student's record was given to a party outside, and who asked for it (34 CFR 99.32(a),
-- 300.614). Nothing in it is ever changed: an entry that was wrong is named by another. `day`: where
-- the agency is.
CREATE TABLE disclosure (
    agency blob NOT NULL,
    id blob NOT NULL,
    student blob NOT NULL,
    act text NOT NULL,
    day date NOT NULL,
    party text NOT NULL,
    interest text NOT NULL,
    basis text,
    paper text,
    threat text,
    what text NOT NULL,
    copied boolean NOT NULL,
    corrects blob,
    recorded_by blob NOT NULL,
    recorded_at bigint NOT NULL,
    PRIMARY KEY (agency, id)
);
CREATE INDEX disclosure_student ON disclosure (agency, student);

-- For how many years after a student left a record is kept, and by which law or policy: the newest
-- counts; for ever without a number. An agency without one follows the one above it.
CREATE TABLE retention_rule (
    agency blob NOT NULL,
    id blob NOT NULL,
    years integer,
    law text NOT NULL,
    recorded_by blob NOT NULL,
    recorded_at bigint NOT NULL,
    PRIMARY KEY (agency, id)
);

-- What keeps a student's record from being destroyed, until somebody lifts it.
CREATE TABLE retention_hold (
    agency blob NOT NULL,
    id blob NOT NULL,
    student blob NOT NULL,
    reason text NOT NULL,
    placed_by blob NOT NULL,
    placed_at bigint NOT NULL,
    lifted_by blob,
    lifted_at bigint,
    lifted_why text,
    PRIMARY KEY (agency, id)
);
CREATE INDEX retention_hold_student ON retention_hold (agency, student);

-- That a family was told that the record is no longer needed (34 CFR 300.624(a)). `day`: where the
-- agency is.
CREATE TABLE retention_notice (
    agency blob NOT NULL,
    id blob NOT NULL,
    student blob NOT NULL,
    day date NOT NULL,
    told text NOT NULL,
    recorded_by blob NOT NULL,
    recorded_at bigint NOT NULL,
    PRIMARY KEY (agency, id)
);
CREATE INDEX retention_notice_student ON retention_notice (agency, student);

-- What an import took, ended and refused.
CREATE TABLE roster_import (
    agency blob NOT NULL,
    id blob NOT NULL,
    digest blob NOT NULL,
    source text NOT NULL,
    report text NOT NULL,
    imported_at bigint NOT NULL,
    PRIMARY KEY (agency, id)
);
