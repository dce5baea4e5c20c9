-- Hospital deposits: an advance is asked for by a payment request, used for what was done, settled at discharge; the rest goes
-- back by refunds of the payments it came by.

alter type posting_template add value 'deposit_taken_received';
alter type posting_template add value 'deposit_taken_due';
alter type posting_template add value 'deposit_used_received';
alter type posting_template add value 'deposit_used_due';
alter type event_type add value 'deposit.opened';
alter type event_type add value 'deposit.used';
alter type event_type add value 'deposit.settled';

create type deposit_status as enum ('open', 'settled');
create table deposit (
    id         uuid not null,               -- of the payment request by which the advance is paid: one and the same number
    merchant   uuid not null,
    held       bigint not null default 0 check (held >= 0),        -- what the case's ledger account holds
    used       bigint not null default 0 check (used >= 0),
    returned   bigint not null default 0 check (returned >= 0),    -- proposed to be given back, at its settlement
    created_at timestamptz not null,
    settled_at timestamptz,
    bucket     smallint not null,
    status     deposit_status not null default 'open',
    code       text not null,               -- the hospital's number of the case
    primary key (bucket, id),
    unique (bucket, merchant, code)
) with (fillfactor = 70);
create index deposit_merchant on deposit (bucket, merchant, id);

-- What came into the case and went out of it, never changed. Taken less withdrawn is held, used or returned.
create type deposit_move_kind as enum ('taken', 'withdrawn', 'used', 'returned');
create table deposit_move (
    id         uuid not null,
    deposit    uuid not null,
    actor      uuid not null,
    amount     bigint not null check (amount > 0),
    at         timestamptz not null,
    bucket     smallint not null,
    kind       deposit_move_kind not null,
    actor_kind actor_kind not null,
    what       text not null default '',
    primary key (bucket, id)
);
create index deposit_move_deposit on deposit_move (bucket, deposit, at);

grant select, insert, update on deposit to choso;
grant select, insert on deposit_move to choso;
