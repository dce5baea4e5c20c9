-- Paying collectors' dues to their payees.

-- Where a payee's due is paid to: the directory's, one valid at a time.
create table payout_account (
    id         uuid primary key,
    merchant   uuid not null references merchant,
    bin        text not null check (bin ~ '^[0-9]{6}$'),
    number     text not null check (number ~ '^[0-9A-Za-z]{1,19}$'),
    holder     text not null,
    valid_from timestamptz not null default now(),
    valid_to   timestamptz
);
create unique index payout_account_merchant on payout_account (merchant) where valid_to is null;
create trigger payout_account_changed after insert or update or delete on payout_account for each statement
    execute function raise_directory_version();
grant select, insert, update on payout_account to choso;

-- A settlement run: which payees' dues it proposed to pay, each by which payout. Never changed; its sum is its payouts'.
create table settlement_batch (
    id         uuid not null,
    merchant   uuid not null,               -- the collector's own
    account    uuid not null,               -- it is paid from
    maker      uuid not null,
    amount     bigint not null check (amount > 0),
    created_at timestamptz not null,
    until      timestamptz,                 -- only what was confirmed before; null: all there was
    bucket     smallint not null,
    maker_kind actor_kind not null,
    primary key (bucket, id)
);
create index settlement_batch_merchant on settlement_batch (bucket, merchant, id);
create table settlement_line (
    batch    uuid not null,
    payout   uuid not null,
    merchant uuid not null,
    amount   bigint not null check (amount > 0),
    bucket   smallint not null,
    primary key (bucket, batch, payout)
);
create unique index settlement_line_payout on settlement_line (bucket, payout);
create index payout_open on payout (bucket, merchant) where status in ('proposed', 'approved', 'submitted', 'unknown');
grant select, insert on settlement_batch, settlement_line to choso;
