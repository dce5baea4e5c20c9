-- Payment files: the transfers of a settlement run as a bank's site takes them, and what signs a merchant's statement.

create table payment_file (
    id         uuid not null,
    batch      uuid not null,               -- the settlement run
    account    uuid not null,               -- it is paid from
    merchant   uuid not null,               -- the collector's own
    maker      uuid not null,
    created_at timestamptz not null,
    execute_on date not null,
    bucket     smallint not null,
    maker_kind actor_kind not null,
    primary key (bucket, id)
);
create index payment_file_batch on payment_file (bucket, batch);
-- What a file holds are the payouts that were submitted by it: a transfer stands in one file in its life.
create index payout_attempt on payout (bucket, attempt) where attempt is not null;

-- Signs statements, so that they can be proved later. One at a time is in use; those before it stay, for what they signed.
create table signing_certificate (
    id          uuid primary key,
    made_at     timestamptz not null default now(),
    certificate text not null,              -- PEM
    key         bytea not null,             -- PKCS#8, sealed under a key derived from the installation's
    retired_at  timestamptz
);
create unique index signing_certificate_in_use on signing_certificate ((true)) where retired_at is null;

-- How a collector settles: by its own merchant (docs/adr/0042).
create table settlement_policy (
    merchant     uuid primary key references merchant,
    cut_off      time not null default '22:00',         -- in Vietnam: money after it is the next business day's
    days         smallint not null default 1 check (days between 0 and 5),   -- T+n business days
    fee_bp       integer not null default 0 check (fee_bp between 0 and 1000),   -- of the gross, in basis points
    fee_fixed    bigint not null default 0 check (fee_fixed between 0 and 100000),   -- for each payee and run
    changed_at   timestamptz not null default now()
);
-- Money of a payee that is not paid out for the time being.
create table settlement_hold (
    id         uuid not null,
    merchant   uuid not null,               -- the payee
    amount     bigint not null check (amount > 0),
    made_at    timestamptz not null,
    released_at timestamptz,
    bucket     smallint not null,
    reason     text not null,
    primary key (bucket, id)
);
create index settlement_hold_open on settlement_hold (bucket, merchant) where released_at is null;

grant select, insert on payment_file to choso;
grant select, insert, update on signing_certificate, settlement_policy, settlement_hold to choso;
