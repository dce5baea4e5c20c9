-- The directory: small tables that every bucket reads. Who collects, where, into which account, and who may ask.

create table installation (
    only_one      boolean primary key default true check (only_one),
    reference_key bytea not null,       -- the KX-12 permutation's key: made once, never rotated (docs/adr/0005)
    session_key   bytea not null,       -- signs stall sessions and feed tokens
    created_at    timestamptz not null default now()
);

-- Test mode's clock: all processes add this to the real time within a second. Refused where a live merchant exists.
create table test_clock (
    only_one   boolean primary key default true check (only_one),
    advance_us bigint not null default 0 check (advance_us >= 0)
);
insert into test_clock default values;

-- Every change of the directory raises this, so that processes reload their copy.
create table directory_version (
    only_one boolean primary key default true check (only_one),
    version  bigint not null default 1
);
insert into directory_version default values;

create function raise_directory_version() returns trigger language plpgsql as $$
begin
    update directory_version set version = version + 1;
    return null;
end $$;

create table bucket (bucket smallint primary key check (bucket between 0 and 63));
insert into bucket select n from generate_series(0, 63) n;

create type collector_mode as enum ('direct', 'pooled');
create table collector (
    id         uuid primary key,
    name       text not null,
    bucket     smallint not null references bucket,
    mode       collector_mode not null,
    created_at timestamptz not null default now()
);

create table market (
    id         uuid primary key,
    name       text not null,
    ward       text not null,
    province   text not null,
    created_at timestamptz not null default now()
);

create type merchant_kind as enum ('household', 'school', 'hospital', 'utility', 'public_office', 'company');
create table merchant (
    id         uuid primary key,
    name       text not null,
    kind       merchant_kind not null,
    live       boolean not null,
    collector  uuid not null references collector,
    -- the collector's own merchant: sees what comes into its accounts and belongs to nobody yet
    is_owner   boolean not null default false,
    created_at timestamptz not null default now()
);
create unique index merchant_owner on merchant (collector) where is_owner;

create type account_coverage as enum ('complete', 'credits_only');
create table bank_account (
    id                 uuid primary key,
    collector          uuid not null references collector,
    bin                text not null check (bin ~ '^[0-9]{6}$'),
    number             text not null check (number ~ '^[0-9A-Za-z]{1,19}$'),
    holder             text not null,
    coverage           account_coverage not null default 'credits_only',
    -- false for a household's private account: money without our reference is none of our business
    keeps_unreferenced boolean not null default true,
    static_stall       uuid,
    valid_from         timestamptz not null default now(),
    valid_to           timestamptz
);
create unique index bank_account_number on bank_account (bin, number) where valid_to is null;

create table virtual_account (
    bin     text not null,
    number  text not null,
    account uuid not null references bank_account,
    stall   uuid,
    primary key (bin, number)
);

create table stall (
    id         uuid primary key,
    merchant   uuid not null references merchant,
    market     uuid not null references market,
    account    uuid not null references bank_account,
    name       text not null,
    number     text not null,
    reference  text not null unique,    -- on its printed, amount-less QR
    link_hash  bytea not null unique,   -- SHA-256 of the stall link's secret
    created_at timestamptz not null default now()
);
alter table bank_account add foreign key (static_stall) references stall;
alter table virtual_account add foreign key (stall) references stall;

create table api_key (
    id         uuid primary key,
    name       text not null,
    prefix     text not null,
    hash       bytea not null unique,   -- SHA-256; the key itself is shown once and kept nowhere
    live       boolean not null,
    scopes     text[] not null,
    created_at timestamptz not null default now(),
    revoked_at timestamptz
);
create table api_key_merchant (
    api_key  uuid not null references api_key,
    merchant uuid not null references merchant,
    primary key (api_key, merchant)
);

create type feed_auth as enum ('apikey', 'hmac', 'oauth2');
create table feed (
    id          uuid primary key,
    source      integer generated always as identity unique,
    kind        text not null,
    name        text not null,
    auth        feed_auth not null,
    client_id   text unique,            -- oauth2 only
    secret_hash bytea unique,           -- apikey and oauth2: SHA-256
    secret      bytea,                  -- hmac only: needed to recompute
    created_at  timestamptz not null default now(),
    revoked_at  timestamptz,
    check ((auth = 'hmac') = (secret is not null)),
    check ((auth = 'hmac') = (secret_hash is null)),
    check ((auth = 'oauth2') = (client_id is not null))
);
create table feed_account (
    feed    uuid not null references feed,
    account uuid not null references bank_account,
    primary key (feed, account)
);

-- What a feed was refused for, kept raw for the desk. Bounded by the writer (docs/adr/0008).
create table refused_notice (
    id          bigint generated always as identity primary key,
    feed        uuid,
    received_at timestamptz not null default now(),
    reason      text not null,
    remote      text not null,
    headers     text not null,
    body        bytea not null
);

do $$
declare name text;
begin
    foreach name in array array['collector', 'market', 'merchant', 'bank_account', 'virtual_account', 'stall', 'api_key',
                                'api_key_merchant', 'feed', 'feed_account']
    loop
        execute format('create trigger %I after insert or update or delete on %I for each statement execute function raise_directory_version()',
                       name || '_changed', name);
    end loop;
end $$;
