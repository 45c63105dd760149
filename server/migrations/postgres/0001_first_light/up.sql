-- One row: which database this is. A restore or a lost failover gives it a new epoch.
CREATE TABLE instance (
    id integer PRIMARY KEY CHECK (id = 1),
    epoch uuid NOT NULL,
    created_at timestamptz NOT NULL
);

-- A tenant: district, intermediate unit, state. Everything about a child is keyed by it first.
CREATE TABLE agency (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    kind text NOT NULL,
    parent uuid,
    time_zone text NOT NULL,
    locale text NOT NULL
);

-- Schools and other organisations inside an agency.
CREATE TABLE org (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    source_id text,
    name text NOT NULL,
    kind text NOT NULL,
    parent uuid,
    ended_at timestamptz,
    PRIMARY KEY (agency, id)
);
CREATE UNIQUE INDEX org_source ON org (agency, source_id);

-- One adult as one agency knows them: staff member, guardian, other contact. The same
-- human elsewhere is another row; an account may join them.
CREATE TABLE person (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    account uuid,
    source_id text,
    given_name text NOT NULL,
    family_name text NOT NULL,
    preferred_name text,
    email text,
    phone text,
    language text,
    staff_role text,
    ended_at timestamptz,
    PRIMARY KEY (agency, id)
);
CREATE UNIQUE INDEX person_source ON person (agency, source_id);
CREATE INDEX person_account ON person (account);

-- One student in one agency: the roster's facts and the columns that lists search by.
-- What phones see of the child is the replicated record of kind `student`.
CREATE TABLE student (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    source_id text,
    person uuid,
    given_name text NOT NULL,
    family_name text NOT NULL,
    preferred_name text,
    birth_date date,
    grade text,
    school uuid,
    home_language text,
    plan text,
    ended_at timestamptz,
    PRIMARY KEY (agency, id)
);
CREATE UNIQUE INDEX student_source ON student (agency, source_id);
CREATE INDEX student_name ON student (agency, family_name, given_name, id);

-- A class section of the roster.
CREATE TABLE class (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    source_id text,
    title text NOT NULL,
    school uuid,
    ended_at timestamptz,
    PRIMARY KEY (agency, id)
);
CREATE UNIQUE INDEX class_source ON class (agency, source_id);

-- Who sits in a class and who teaches it, from the roster.
CREATE TABLE enrollment (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    source_id text,
    class uuid NOT NULL,
    student uuid,
    teacher uuid,
    starts_at timestamptz,
    ends_at timestamptz,
    PRIMARY KEY (agency, id),
    CHECK ((student IS NULL) <> (teacher IS NULL))
);
CREATE UNIQUE INDEX enrollment_source ON enrollment (agency, source_id);
CREATE INDEX enrollment_class ON enrollment (agency, class);
CREATE INDEX enrollment_student ON enrollment (agency, student);
CREATE INDEX enrollment_teacher ON enrollment (agency, teacher);

-- A contact edge from the roster or the office. It is not a right (34 CFR 99.4).
CREATE TABLE relationship (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    person uuid NOT NULL,
    student uuid NOT NULL,
    relation text NOT NULL,
    lives_with boolean,
    source text NOT NULL,
    verified_at timestamptz,
    verified_by uuid,
    ended_at timestamptz,
    PRIMARY KEY (agency, id)
);
CREATE UNIQUE INDEX relationship_pair ON relationship (agency, student, person, relation);
CREATE INDEX relationship_person ON relationship (agency, person);

-- Educational rights: a dated, evidenced fact that a person granted.
CREATE TABLE educational_right (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    person uuid NOT NULL,
    student uuid NOT NULL,
    basis text NOT NULL,
    evidence text NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz,
    granted_by uuid NOT NULL,
    granted_at timestamptz NOT NULL,
    ended_by uuid,
    PRIMARY KEY (agency, id)
);
CREATE INDEX educational_right_person ON educational_right (agency, person);
CREATE INDEX educational_right_student ON educational_right (agency, student);

-- A court's order or a law that keeps a person from a student's record, whatever else links
-- them (34 CFR 99.4). It stands until somebody lifts it.
CREATE TABLE restriction (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    person uuid NOT NULL,
    student uuid NOT NULL,
    court_order text NOT NULL,
    starts_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    recorded_at timestamptz NOT NULL,
    lifted_at timestamptz,
    lifted_by uuid,
    lifted_evidence text,
    PRIMARY KEY (agency, id)
);
CREATE INDEX restriction_person ON restriction (agency, person);
CREATE INDEX restriction_student ON restriction (agency, student);

-- From which age on somebody is of age where the agency is, and by which law: the newest counts.
-- An agency without one follows the one above it.
CREATE TABLE majority_law (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    age integer NOT NULL,
    law text NOT NULL,
    recorded_by uuid NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (agency, id)
);

-- When a student comes of age and holds the rights alone (34 CFR 300.520), and how student and
-- parents were told. It stands until somebody withdraws it.
CREATE TABLE majority (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    student uuid NOT NULL,
    starts_at timestamptz NOT NULL,
    age integer NOT NULL,
    law text NOT NULL,
    told_at timestamptz NOT NULL,
    told text NOT NULL,
    recorded_by uuid NOT NULL,
    recorded_at timestamptz NOT NULL,
    withdrawn_at timestamptz,
    withdrawn_by uuid,
    withdrawn_evidence text,
    PRIMARY KEY (agency, id)
);
CREATE INDEX majority_student ON majority (agency, student);

-- A staff member's dated assignment to a student, to a class or to the whole agency.
CREATE TABLE assignment (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    person uuid NOT NULL,
    role text NOT NULL,
    service text,
    student uuid,
    class uuid,
    org uuid,
    source text NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz,
    ended_by uuid,
    PRIMARY KEY (agency, id)
);
CREATE INDEX assignment_person ON assignment (agency, person);
CREATE INDEX assignment_student ON assignment (agency, student);

-- Somebody who can sign in; may be a person in several agencies.
CREATE TABLE account (
    id uuid PRIMARY KEY,
    login text NOT NULL,
    password_hash text,
    locale text NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX account_login ON account (login);

-- One sign-in place of one account: a phone's store or a browser session. `family` is the
-- sign-in that is current there; tokens of an earlier one are void.
CREATE TABLE device (
    id uuid PRIMARY KEY,
    account uuid NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    store uuid,
    family uuid NOT NULL,
    created_at timestamptz NOT NULL,
    signed_in_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    signed_out_at timestamptz,
    revoked_at timestamptz
);
CREATE INDEX device_account ON device (account);
CREATE UNIQUE INDEX device_store ON device (account, store);

-- Refresh tokens by their hash. One family per sign-in; each is used once, its successor
-- is derived again for the same device within the grace of a lost reply.
CREATE TABLE refresh_token (
    hash bytea PRIMARY KEY,
    device uuid NOT NULL,
    family uuid NOT NULL,
    issued_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    ended_at timestamptz
);
CREATE INDEX refresh_token_device ON refresh_token (device);

-- Keys with which an account signs in: what the authenticator's public half is, and how often
-- it was used, as the library writes it.
CREATE TABLE passkey (
    id uuid PRIMARY KEY,
    account uuid NOT NULL,
    credential_id bytea NOT NULL,
    credential text NOT NULL,
    name text NOT NULL,
    created_at timestamptz NOT NULL,
    last_used_at timestamptz
);
CREATE INDEX passkey_account ON passkey (account);
CREATE UNIQUE INDEX passkey_credential ON passkey (credential_id);

-- How an agency's own sign-in calls an account: who comes from there by that name is the account.
CREATE TABLE issued_subject (
    issuer text NOT NULL,
    subject text NOT NULL,
    account uuid NOT NULL,
    linked_at timestamptz NOT NULL,
    last_used_at timestamptz,
    PRIMARY KEY (issuer, subject)
);
CREATE UNIQUE INDEX issued_subject_account ON issued_subject (account, issuer);

-- What sign-in asked of a passkey or of an agency's own sign-in, to be answered once and soon; of
-- no account while nobody knows who asks.
CREATE TABLE challenge (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    account uuid,
    state text NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX challenge_account ON challenge (account);
CREATE INDEX challenge_expires ON challenge (expires_at);

-- Single-use codes with which somebody signs in as a person, for the first time or again; only the
-- hash is kept. Without a maker it was made at the server's own terminal.
CREATE TABLE invitation (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    code_hash bytea NOT NULL,
    person uuid NOT NULL,
    ends_sign_ins boolean NOT NULL,
    made_by uuid,
    made_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    ended_at timestamptz,
    PRIMARY KEY (agency, id)
);
CREATE UNIQUE INDEX invitation_code ON invitation (code_hash);
CREATE INDEX invitation_person ON invitation (agency, person);

-- The counter that makes commit order version order, one per agency.
CREATE TABLE head (
    agency uuid PRIMARY KEY,
    version bigint NOT NULL
);

-- Every replicated record, as the domain writes it. Only the door writes here.
CREATE TABLE record (
    agency uuid NOT NULL,
    kind text NOT NULL,
    id uuid NOT NULL,
    subject uuid,
    parent uuid,
    body text NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (agency, kind, id)
);
CREATE INDEX record_subject ON record (agency, subject, kind, id);
CREATE INDEX record_parent ON record (agency, parent, kind, id);

-- Which record lies in which scope, and when it last changed there. Moved up on each change.
CREATE TABLE visible (
    agency uuid NOT NULL,
    scope text NOT NULL,
    version bigint NOT NULL,
    kind text NOT NULL,
    id uuid NOT NULL,
    deleted boolean NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (agency, scope, kind, id)
);
CREATE UNIQUE INDEX visible_version ON visible (agency, scope, version);

-- Of each scope: its newest version, count and sum of its live rows for the integrity check,
-- and the version up to which what went from it is forgotten (after 400 days).
CREATE TABLE scope_sum (
    agency uuid NOT NULL,
    scope text NOT NULL,
    version bigint NOT NULL,
    live bigint NOT NULL,
    sum bigint NOT NULL,
    horizon bigint NOT NULL,
    PRIMARY KEY (agency, scope)
);

-- One phone's numbered operations for one agency: (store, account, agency).
CREATE TABLE stream (
    account uuid NOT NULL,
    agency uuid NOT NULL,
    store uuid NOT NULL,
    last_number bigint NOT NULL,
    PRIMARY KEY (account, agency, store)
);

-- Every operation with its verdict: the memory that makes a replay harmless, and the
-- audit trail. Bytes are kept as they were sent.
CREATE TABLE operation (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    account uuid,
    person uuid,
    store uuid,
    number bigint,
    digest bytea NOT NULL,
    name text NOT NULL,
    subject uuid,
    replaces uuid,
    verdict text NOT NULL,
    bytes text NOT NULL,
    occurred_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (agency, id)
);
CREATE UNIQUE INDEX operation_number ON operation (account, agency, store, number);
CREATE INDEX operation_subject ON operation (agency, subject, received_at);

-- The life of a disagreement: a field that stands, or stood, in several versions. The record
-- holds the versions that stand; here is when it was raised, what stood last, and how it ended.
-- Who takes a choice back chooses again: another row, and the earlier one says until when it stood.
CREATE TABLE conflict (
    agency uuid NOT NULL,
    record uuid NOT NULL,
    field text NOT NULL,
    raised_by uuid NOT NULL,
    kind text NOT NULL,
    subject uuid,
    raised_at timestamptz NOT NULL,
    alternatives text NOT NULL,
    settled_at timestamptz,
    settled_by uuid,
    choice uuid,
    chosen text,
    stood_until timestamptz,
    PRIMARY KEY (agency, record, field, raised_by)
);
CREATE INDEX conflict_standing ON conflict (agency, raised_at) WHERE settled_at IS NULL;
CREATE INDEX conflict_subject ON conflict (agency, subject);

-- The texts that a field had before the one that stands, by their hashes: an edit of another one
-- was written over what a restore lost.
CREATE TABLE past_text (
    agency uuid NOT NULL,
    record uuid NOT NULL,
    field text NOT NULL,
    hash text NOT NULL,
    PRIMARY KEY (agency, record, field, hash)
);

-- What was told to leave which device, and when the device said it had.
CREATE TABLE purge (
    device uuid NOT NULL,
    agency uuid NOT NULL,
    scope text NOT NULL,
    told_at timestamptz NOT NULL,
    acknowledged_at timestamptz,
    PRIMARY KEY (device, agency, scope)
);

-- Who looked at what of a student, a line a day (34 CFR 99.32). `family`: as one of the student's
-- own. `day`: where the agency is.
CREATE TABLE look (
    agency uuid NOT NULL,
    student uuid NOT NULL,
    day date NOT NULL,
    person uuid NOT NULL,
    topic text NOT NULL,
    family boolean NOT NULL,
    first_at timestamptz NOT NULL,
    PRIMARY KEY (agency, student, day, person, topic, family)
);

-- What of a student's record was given to a party outside, and who asked for it (34 CFR 99.32(a),
-- 300.614). Nothing in it is ever changed: an entry that was wrong is named by another. `day`: where
-- the agency is.
CREATE TABLE disclosure (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    student uuid NOT NULL,
    act text NOT NULL,
    day date NOT NULL,
    party text NOT NULL,
    interest text NOT NULL,
    basis text,
    paper text,
    threat text,
    what text NOT NULL,
    copied boolean NOT NULL,
    corrects uuid,
    recorded_by uuid NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (agency, id)
);
CREATE INDEX disclosure_student ON disclosure (agency, student);

-- For how many years after a student left a record is kept, and by which law or policy: the newest
-- counts; for ever without a number. An agency without one follows the one above it.
CREATE TABLE retention_rule (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    years integer,
    law text NOT NULL,
    recorded_by uuid NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (agency, id)
);

-- What keeps a student's record from being destroyed, until somebody lifts it.
CREATE TABLE retention_hold (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    student uuid NOT NULL,
    reason text NOT NULL,
    placed_by uuid NOT NULL,
    placed_at timestamptz NOT NULL,
    lifted_by uuid,
    lifted_at timestamptz,
    lifted_why text,
    PRIMARY KEY (agency, id)
);
CREATE INDEX retention_hold_student ON retention_hold (agency, student);

-- That a family was told that the record is no longer needed (34 CFR 300.624(a)). `day`: where the
-- agency is.
CREATE TABLE retention_notice (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    student uuid NOT NULL,
    day date NOT NULL,
    told text NOT NULL,
    recorded_by uuid NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (agency, id)
);
CREATE INDEX retention_notice_student ON retention_notice (agency, student);

-- What an import took, ended and refused.
CREATE TABLE roster_import (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    digest bytea NOT NULL,
    source text NOT NULL,
    report text NOT NULL,
    imported_at timestamptz NOT NULL,
    PRIMARY KEY (agency, id)
);
