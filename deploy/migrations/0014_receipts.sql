-- Receipts: gap-free series per payee and year. A number is its series' last + 1, taken under the bucket's lock in the commit of
-- the receipt itself; nothing is ever changed: a receipt is cancelled by a counter-receipt, the next number of the same series.

alter type event_type add value 'receipt.issued';
alter type event_type add value 'receipt.cancelled';

-- Payees that issue receipts otherwise than their kind says (schools, hospitals, utilities and public offices do, others do
-- not), and what stands on their receipts.
create table receipt_issuer (
    merchant uuid primary key references merchant,
    issues   boolean not null default true,
    symbol   text not null default 'BL' check (symbol ~ '^[A-Z0-9/-]{1,12}$'),
    tax_code text not null default '' check (tax_code ~ '^([0-9]{10}(-[0-9]{3})?|[0-9]{12}|)$'),
    address  text not null default ''
);

create type receipt_way as enum ('transfer', 'cash');
create table receipt (
    id          uuid not null,
    merchant    uuid not null,
    request     uuid not null,
    cause       uuid not null,              -- the payment, or the taking of cash, that it is for
    token       uuid not null,              -- the secret of its page
    maker       uuid not null,
    number      bigint not null check (number > 0),
    amount      bigint not null check (amount <> 0),   -- negative: a counter-receipt
    occurred_at timestamptz not null,       -- when the money came
    issued_at   timestamptz not null,
    bucket      smallint not null,
    year        smallint not null,          -- in Vietnam, of issued_at
    position    smallint not null default 0,           -- the line of a split request; 0: the whole of a plain one
    turn        smallint not null default 0,           -- 1, 2, …: issued again after its earlier one was cancelled
    way         receipt_way not null,
    maker_kind  actor_kind not null,
    cancels     uuid,                       -- of a counter-receipt: what it cancels
    symbol      text not null,
    what        text not null,              -- what was paid for; never who
    reason      text not null default '',   -- of a counter-receipt
    primary key (bucket, id),
    unique (bucket, merchant, year, number),
    unique (bucket, token)
);
create unique index receipt_cancels on receipt (bucket, cancels) where cancels is not null;
create unique index receipt_cause on receipt (bucket, cause, request, position, turn) where cancels is null;
create index receipt_request on receipt (bucket, request);
create index receipt_merchant on receipt (bucket, merchant, id);

grant select, insert, update on receipt_issuer to choso;
grant select, insert on receipt to choso;
