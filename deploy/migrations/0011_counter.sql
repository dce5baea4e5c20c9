-- The counter: who sells at a stall, shifts and what was handed over, reports of stickers that pay elsewhere, and changes of
-- a stall's account, which take time and two people.

create table stall_member (
    id         uuid primary key,
    stall      uuid not null references stall,
    name       text not null check (length(name) between 1 and 60),
    pin        text not null,                    -- argon2id in its usual notation
    totals     boolean not null,                 -- may see sums; the first member of a stall is its owner and may
    owner      boolean not null,
    created_at timestamptz not null default now(),
    revoked_at timestamptz
);
create index stall_member_stall on stall_member (stall);
create unique index stall_member_owner on stall_member (stall) where owner and revoked_at is null;

create table stall_pin_attempt (
    stall      uuid primary key references stall,
    failures   integer not null,
    last_at    timestamptz not null
);

create table stall_shift (
    id         uuid primary key,
    stall      uuid not null references stall,
    member     uuid not null references stall_member,
    started_at timestamptz not null,
    ended_at   timestamptz
);
create unique index stall_shift_open on stall_shift (stall) where ended_at is null;

-- What one seller gave over to the next, both having entered their PIN; signed, so that nobody changes it afterwards.
create table stall_handover (
    id        uuid primary key,
    stall     uuid not null references stall,
    giver     uuid not null references stall_member,
    taker     uuid not null references stall_member,
    since     timestamptz not null,              -- when the giver began
    at        timestamptz not null,
    count     bigint not null,
    sum       bigint not null,
    signature bytea not null                     -- HMAC-SHA256 under the installation's session key
);
create index stall_handover_stall on stall_handover (stall, at);

-- A code that hung at a stall's counter and pays into somebody else's account.
create table sticker_report (
    id      uuid primary key,
    stall   uuid not null references stall,
    at      timestamptz not null default now(),
    payload text not null,
    bin     text not null,
    account text not null
);
create index sticker_report_stall on sticker_report (stall, at);

create type account_change_state as enum ('waiting', 'approved', 'rejected');
create table stall_account_change (
    id         uuid primary key,
    stall      uuid not null references stall,
    account    uuid not null references bank_account,   -- the new one
    before     uuid not null references bank_account,
    asked_by   uuid not null,
    asked_at   timestamptz not null,
    earliest   timestamptz not null,                    -- no approval before
    state      account_change_state not null default 'waiting',
    decided_by uuid,
    decided_at timestamptz,
    reason     text not null default ''
);
create unique index stall_account_change_waiting on stall_account_change (stall) where state = 'waiting';

create trigger stall_account_change_changed after insert or update on stall_account_change for each statement
    execute function raise_directory_version();

grant select, insert on stall_member, stall_pin_attempt, stall_shift, stall_handover, sticker_report, stall_account_change to choso;
grant update on stall_member, stall_pin_attempt, stall_shift, stall_account_change to choso;
grant delete on stall_pin_attempt to choso;
revoke update, delete, truncate on stall_handover, sticker_report from choso;
