-- Payment files: the transfers of a settlement run as a bank's site takes them.

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

grant select, insert on payment_file to choso;
