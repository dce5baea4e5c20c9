-- People who sign in: staff, their roles, second factors and sessions; and the trail of who did what.

create table staff (
    id          uuid primary key,
    login       text not null unique check (login ~ '^[a-z0-9][a-z0-9._-]{1,31}$'),
    name        text not null,
    password    text not null,                   -- argon2id in its usual notation
    temporary   boolean not null default false,  -- given by somebody else: must be changed at the next sign-in
    created_at  timestamptz not null default now(),
    revoked_at  timestamptz
);

create type staff_role as enum ('stall_owner', 'stall_staff', 'fee_clerk', 'reconciler', 'approver', 'seller', 'moderator',
                                'operator', 'viewer');
create type role_reach as enum ('merchant', 'collector', 'province');
create table staff_grant (
    staff      uuid not null references staff,
    role       staff_role not null,
    reach      role_reach not null,
    about      uuid not null,                    -- the merchant or collector; all zeros for the whole province
    granted_at timestamptz not null default now(),
    primary key (staff, role, reach, about),
    check ((reach = 'province') = (about = '00000000-0000-0000-0000-000000000000'))
);

-- One authenticator app a person. The secret is sealed (AES-256-GCM) under a key that is derived from the installation's.
create table staff_totp (
    staff        uuid primary key references staff,
    secret       bytea not null,
    last_step    bigint not null default 0,      -- of the last code that was taken: none is taken twice
    created_at   timestamptz not null default now(),
    confirmed_at timestamptz                     -- by a first right code; before that it asks nobody for anything
);
create table staff_recovery_code (
    staff   uuid not null references staff,
    hash    bytea not null,                      -- SHA-256 of a random code
    used_at timestamptz,
    primary key (staff, hash)
);
create table staff_passkey (
    id         bytea primary key,                -- the authenticator's own name for it
    staff      uuid not null references staff,
    algorithm  integer not null check (algorithm in (-7, -257)),   -- COSE: ES256, RS256
    public_key bytea not null,                   -- COSE_Key, as it was registered
    counter    bigint not null,
    name       text not null,
    created_at timestamptz not null default now(),
    used_at    timestamptz
);
create index staff_passkey_staff on staff_passkey (staff);

create table staff_session (
    id               uuid primary key,
    token_hash       bytea not null unique,      -- SHA-256; the token stands in the browser's cookie alone
    staff            uuid not null references staff,
    created_at       timestamptz not null default now(),
    seen_at          timestamptz not null default now(),
    second_factor_at timestamptz,
    challenge        bytea,                      -- what a passkey is to sign next; used once
    challenge_at     timestamptz,
    address          text not null,
    agent            text not null,
    ended_at         timestamptz
);
create index staff_session_staff on staff_session (staff);

-- Failed attempts, by account and by address (as hashes). What is waited for grows with each.
create table sign_in_attempt (
    subject    bytea primary key,
    failures   integer not null,
    allowed    integer not null,                 -- failures that cost nothing
    longest    integer not null,                 -- seconds a wait may grow to
    last_at    timestamptz not null,
    wait_until timestamptz not null
);

-- Who did what: a chain per bucket, hash = SHA-256(hash of the row before ‖ this row). Bucket 0 also holds what belongs to
-- no collector. Ids only, no personal data.
create type actor_kind as enum ('key', 'person', 'system');
create table audit (
    seq        bigint not null,
    at         timestamptz not null,
    actor      uuid not null,
    subject    uuid not null,
    bucket     smallint not null,
    actor_kind actor_kind not null,
    action     text not null,
    body       text not null,                    -- JSON, byte for byte as it was hashed
    hash       bytea not null,
    primary key (bucket, seq)
);
create index audit_subject on audit (bucket, subject);

grant select, insert on staff, staff_grant, staff_totp, staff_recovery_code, staff_passkey, staff_session, sign_in_attempt, audit to choso;
grant update on staff, staff_totp, staff_recovery_code, staff_passkey, staff_session, sign_in_attempt to choso;
grant delete on staff_grant, staff_totp, staff_recovery_code, staff_passkey, staff_session, sign_in_attempt to choso;
revoke update, delete, truncate on audit from choso;
