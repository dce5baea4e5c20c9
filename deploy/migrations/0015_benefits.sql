-- Social benefits: money that an office sets apart for a programme and pays to the people on its list, through the payout channel.

alter type payout_purpose add value 'benefit';
alter type posting_template add value 'benefit_funded';
alter type posting_template add value 'benefit_unfunded';
alter type posting_template add value 'benefit_reserved';
alter type posting_template add value 'benefit_back';
alter type due_kind add value 'benefit_batch';
alter type event_type add value 'benefit_list.imported';
alter type event_type add value 'benefit_list.approved';
alter type event_type add value 'benefit_list.rejected';
alter type event_type add value 'benefit_list.handed_over';
alter type event_type add value 'benefit_list.closed';

alter table payout add column programme uuid;   -- of benefits: whose money it is paid with

create table benefit_programme (
    id         uuid not null,
    merchant   uuid not null,               -- the office
    created_at timestamptz not null,
    bucket     smallint not null,
    code       text not null,
    name       text not null,
    primary key (bucket, id),
    unique (bucket, merchant, code)
);

-- A month's list as it was sent. Approved, it is handed over in batches; `next` is the position that comes next.
create type benefit_list_status as enum ('checked', 'rejected', 'approved', 'handed_over', 'closed');
create table benefit_list (
    id            uuid not null,
    programme     uuid not null,
    merchant      uuid not null,
    account       uuid not null,            -- it is paid from
    maker         uuid not null,
    approver      uuid,
    amount        bigint not null check (amount >= 0),       -- of those to be paid by transfer
    cash_amount   bigint not null check (cash_amount >= 0),
    created_at    timestamptz not null,
    decided_at    timestamptz,
    rows_all      integer not null,
    rows_good     integer not null,
    next          integer not null default 1,
    bucket        smallint not null,
    status        benefit_list_status not null,
    maker_kind    actor_kind not null,
    approver_kind actor_kind,
    period        text not null check (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
    file_name     text not null,
    file_hash     bytea not null,           -- SHA-256: the same file sent again is the same list
    primary key (bucket, id)
);
create unique index benefit_list_file on benefit_list (bucket, programme, period, file_hash) where status <> 'rejected';
create index benefit_list_merchant on benefit_list (bucket, merchant, id);

-- One person's line. Name and account stand in `person` under the line's own id. `round` counts the times the same person was
-- listed for the same period of a programme: a later one is taken only when the earlier can pay nothing any more.
create type benefit_way as enum ('transfer', 'cash');
create table benefit_item (
    id        uuid not null,
    list      uuid not null,
    programme uuid not null,
    payout    uuid,
    amount    bigint not null,
    position  integer not null,
    bucket    smallint not null,
    round     smallint not null,
    way       benefit_way not null,
    cash_paid boolean,                      -- of a cash line: whether it was collected; null: not told yet
    period    text not null,
    code      text not null,
    problem   text not null default '',     -- why it is not paid: no other line of ours depends on it
    warning   text not null default '',     -- what whoever approves should look at
    primary key (bucket, id),
    unique (bucket, list, position)
);
create unique index benefit_item_once on benefit_item (bucket, programme, period, code, round) where problem = '';
create index benefit_item_code on benefit_item (bucket, programme, code, id);
create unique index benefit_item_payout on benefit_item (bucket, payout) where payout is not null;

grant select, insert on benefit_programme to choso;
grant select, insert, update on benefit_list, benefit_item to choso;
