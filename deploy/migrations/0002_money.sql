-- The money tables. Every primary key, unique key and index begins with `bucket`; ids come from the application.
-- Columns stand widest first, so that rows carry no padding.

create type request_status as enum ('open', 'partially_paid', 'paid', 'paid_late', 'expired', 'cancelled');
create type late_policy as enum ('accept', 'hold', 'refund');
create type late_decision as enum ('none', 'accepted', 'refunding');
create type payment_status as enum ('allocated', 'unreferenced', 'outside', 'reversed');
create type refund_status as enum ('proposed', 'approved', 'submitted', 'succeeded', 'failed', 'unknown');

create table payment_request (
    id            uuid not null,
    merchant      uuid not null,
    account       uuid not null,
    token         uuid not null,            -- the pay page's secret
    amount_paid   bigint not null default 0 check (amount_paid >= 0),
    late_paid     bigint not null default 0 check (late_paid between 0 and amount_paid),
    created_at    timestamptz not null,
    bucket        smallint not null,
    status        request_status not null default 'open',
    closed        boolean not null default false,   -- expired by its time, whatever came since
    late_policy   late_policy not null default 'hold',
    late_decision late_decision not null default 'none',
    reference     text not null,
    description   text not null,
    amount        bigint check (amount between 1 and 99999999999),   -- null: the payer chooses
    expires_at    timestamptz,
    stall         uuid,
    order_code    text,
    return_url    text,
    metadata      json,
    primary key (bucket, id),
    unique (bucket, reference),
    unique (bucket, token)
) with (fillfactor = 70);   -- room on the page for the one change most rows see, so that no index learns of it
create unique index payment_request_order_code on payment_request (bucket, merchant, order_code) where order_code is not null;
create index payment_request_merchant on payment_request (bucket, merchant, id);

create table payment (
    id           uuid not null,
    account      uuid not null,
    amount       bigint not null check (amount <> 0),   -- negative: money that left the account
    occurred_at  timestamptz not null,                  -- the bank's word
    recorded_at  timestamptz not null,
    content_hash bigint not null,                       -- of the folded content; equal for every source's copy
    merchant     uuid not null,                         -- who is shown it
    bucket       smallint not null,
    status       payment_status not null,
    wrong_account boolean not null default false,
    bank_ref     text not null,
    sources      integer[] not null,                    -- feeds that have seen it
    reference    text,                                  -- the KX code it carried or was corrected to
    request      uuid,
    stall        uuid,
    confirmed_at timestamptz,                           -- a statement or a second independent feed told it too
    primary key (bucket, id)
);
create index payment_fact on payment (bucket, account, amount, occurred_at);
create index payment_merchant on payment (bucket, merchant, id);

create table sighting (
    payment   uuid not null,
    source    integer not null,
    bucket    smallint not null,
    source_id text not null,
    primary key (bucket, source, source_id)
);

-- Which money stands for which request. Never changed: a release is a row with a negative amount.
create table allocation (
    payment uuid not null,
    request uuid not null,
    journal bigint not null,
    amount  bigint not null check (amount <> 0),
    bucket  smallint not null,
    primary key (bucket, journal)   -- a journal allocates once
);
create index allocation_request on allocation (bucket, request);

create type account_kind as enum ('bank', 'opening', 'received', 'due_seen', 'due_confirmed', 'unreferenced', 'suspense', 'outside',
                                  'held', 'deposit', 'credit', 'withheld_tax', 'fees', 'rounding', 'refund_in_flight',
                                  'payout_in_flight', 'cash', 'benefit');
create table ledger_account (
    subject uuid not null,
    id      integer not null,
    kind    account_kind not null,
    bucket  smallint not null,
    primary key (bucket, id),
    unique (bucket, kind, subject)
);

create type posting_template as enum (
    'credit_received', 'credit_due', 'credit_unreferenced', 'debit_outside', 'unreferenced_to_received', 'unreferenced_to_due',
    'received_to_unreferenced', 'due_to_unreferenced', 'due_confirmed_to_unreferenced', 'due_confirmed', 'received_reversed',
    'due_reversed', 'due_confirmed_reversed', 'unreferenced_reversed', 'outside_reversed');
create table journal (
    id          bigint not null,
    subject     uuid not null,              -- the payment or request it is about
    occurred_at timestamptz not null,
    recorded_at timestamptz not null,
    bucket      smallint not null,
    template    posting_template not null,
    primary key (bucket, id)
);

create table entry (
    journal bigint not null,
    seq     bigint not null,                -- per account, from 1, without gaps
    amount  bigint not null check (amount <> 0),   -- debit positive
    balance bigint not null,                -- of the account after this entry
    account integer not null,
    bucket  smallint not null,
    primary key (bucket, account, seq)
);

create type event_type as enum (
    'payment_request.created', 'payment_request.expired', 'payment_request.cancelled', 'payment_request.paid',
    'payment_request.partially_paid', 'payment_request.paid_late', 'payment.received', 'payment.duplicate', 'payment.unreferenced',
    'payment.wrong_account', 'payment.confirmed', 'payment.reversed', 'refund.proposed', 'refund.failed');
create table event (
    seq      bigint not null,               -- per bucket, from 1, without gaps, in commit order
    subject  uuid not null,
    merchant uuid not null,
    at       timestamptz not null,
    bucket   smallint not null,
    type     event_type not null,
    body     json not null,
    primary key (bucket, seq)
);

create table idempotency (
    merchant    uuid not null,
    key_hash    uuid not null,              -- the first half of the key's SHA-256
    subject     uuid not null,
    bucket      smallint not null,
    outcome     smallint not null,          -- 0, or the refusal's number
    fingerprint bytea not null,             -- the first half of the SHA-256 of method, path and body
    primary key (bucket, merchant, key_hash)
);

create type due_kind as enum ('expire_request');
create table due (
    at      timestamptz not null,
    subject uuid not null,
    kind    due_kind not null,
    bucket  smallint not null,
    primary key (bucket, at, kind, subject)
);

create table refund (
    id         uuid not null,
    payment    uuid not null,
    request    uuid,
    amount     bigint not null check (amount > 0),
    created_at timestamptz not null,
    bucket     smallint not null,
    status     refund_status not null,
    reason     text not null,
    primary key (bucket, id)
);
create index refund_payment on refund (bucket, payment);

-- A valid reference of this bucket's request whose money went into somebody else's account.
create table misdirected (
    payment uuid not null,
    request uuid not null,
    amount  bigint not null,
    at      timestamptz not null,
    bucket  smallint not null,
    primary key (bucket, payment)
);

-- Personal data: not append-only, erased per subject by one command that leaves a row in `erasure`.
create table person (
    id         uuid not null,
    bucket     smallint not null,
    name       text,
    phone      text,
    account    text,
    created_at timestamptz not null,
    erased_at  timestamptz,
    primary key (bucket, id)
);
create table bank_text (
    payment     uuid not null,
    received_at timestamptz not null,
    source      integer not null,
    bucket      smallint not null,
    source_id   text not null,
    content     text,
    person      uuid,
    headers     text,
    raw         bytea,                      -- the notice exactly as it came
    erased_at   timestamptz,
    primary key (bucket, payment, source, source_id)
);
create table erasure (
    id      uuid not null,
    subject uuid not null,
    bucket  smallint not null,
    by_whom text not null,
    reason  text not null,
    at      timestamptz not null,
    primary key (bucket, id)
);

-- Commands that failed alone, for a person to look at.
create table quarantine (
    id      uuid not null,
    bucket  smallint not null,
    at      timestamptz not null default now(),
    command text not null,
    bytes   bytea not null,
    error   text not null,
    primary key (bucket, id)
);

-- How far each consumer of events has read; a lease lets one process own it at a time.
create table reader (
    name        text not null,
    bucket      smallint not null,
    seq         bigint not null default 0,
    owner       text not null default '',
    lease_until timestamptz not null default '-infinity',
    primary key (bucket, name)
);

-- Numbers for references, handed to a process in blocks of 1,000; one sequence a bucket, gaps allowed.
do $$
begin
    for n in 0..63 loop
        execute format('create sequence reference_number_%s increment by 1000 minvalue 0 start with 0', n);
    end loop;
end $$;

-- Journals, entries and events are facts: what is recorded twice a day at most is read often and never changed.
alter table entry set (autovacuum_vacuum_insert_scale_factor = 0.5);
alter table event set (autovacuum_vacuum_insert_scale_factor = 0.5);
