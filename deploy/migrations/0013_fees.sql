-- Fees: who is to pay what to whom (merchants/fees). All in the bucket of the account that collects for the payee, so that a
-- bill and its payment request are one commit. A bill has one payment request, whose reference it keeps for life.

-- A payee's own order: school → class, hospital → department, office → procedure. A unit is also a desk that takes cash.
create table fee_unit (
    id         uuid not null,
    merchant   uuid not null,
    parent     uuid,
    created_at timestamptz not null default now(),
    bucket     smallint not null,
    code       text not null,
    name       text not null,
    primary key (bucket, id),
    unique (bucket, merchant, code)
);

-- Who is billed: a pupil, a patient, a customer, as the payee knows them by their code. Name and phone stand in `person`
-- under the payer's own id; guardians are persons too, many to many.
create table payer (
    id         uuid not null,
    merchant   uuid not null,
    unit       uuid,
    created_at timestamptz not null default now(),
    bucket     smallint not null,
    active     boolean not null default true,
    code       text not null,
    categories text[] not null default '{}',   -- what exempts or discounts: ho_ngheo, con_thuong_binh
    primary key (bucket, id),
    unique (bucket, merchant, code)
);
create index payer_code on payer (bucket, code);
create index payer_unit on payer (bucket, merchant, unit);
create table guardian (
    payer    uuid not null,
    person   uuid not null,
    bucket   smallint not null,
    relation text not null default '',
    primary key (bucket, payer, person)
);
create index guardian_person on guardian (bucket, person);
create index person_phone on person (bucket, phone) where phone is not null;

-- The catalogue. A new price or name is a new version with its own dates; what was billed names the version it was billed by.
create table fee_item (
    id         uuid not null,
    merchant   uuid not null,
    amount     bigint check (amount between 1 and 99999999999),   -- null: told with each bill
    created_at timestamptz not null default now(),
    valid_from date not null,
    valid_to   date,                                              -- the last day it holds
    bucket     smallint not null,
    version    integer not null check (version > 0),
    code       text not null,
    name       text not null,
    receipt    text not null check (receipt in ('receipt', 'invoice', 'none')),
    primary key (bucket, id),
    unique (bucket, merchant, code, version),
    check (valid_to is null or valid_to >= valid_from)
);
-- Discounts and exemptions, each with its law and its time; to the moment, since a rule may begin at midnight.
create table fee_rule (
    id          uuid not null,
    merchant    uuid not null,
    valid_from  timestamptz not null,
    valid_to    timestamptz,                -- the first moment it holds no more
    created_at  timestamptz not null default now(),
    bucket      smallint not null,
    percent     smallint not null check (percent between 1 and 100),
    online_only boolean not null,           -- not at the counter
    item        text,                       -- of this catalogue code alone
    category    text,                       -- for payers of this category alone
    name        text not null,
    legal_basis text not null check (legal_basis <> ''),
    primary key (bucket, id),
    check (valid_to is null or valid_to > valid_from)
);
create index fee_rule_merchant on fee_rule (bucket, merchant);
-- What is billed together, and by when: a term of a school, a month of a utility.
create table fee_schedule (
    id         uuid not null,
    merchant   uuid not null,
    due        date not null,
    created_at timestamptz not null default now(),
    bucket     smallint not null,
    partial    boolean not null default true,
    name       text not null,
    items      text[] not null,             -- catalogue codes
    primary key (bucket, id)
);
create index fee_schedule_merchant on fee_schedule (bucket, merchant);

create type bill_stage as enum ('draft', 'issued', 'cancelled', 'written_off');
create table bill (
    id          uuid not null,
    merchant    uuid not null,
    payer       uuid not null,
    unit        uuid,
    request     uuid,                       -- none while it is a draft, and for one that asks for nothing
    amount      bigint not null check (amount between 0 and 99999999999),   -- of its newest lines, as it stands
    amount_min  bigint check (amount_min > 0),   -- the least part it is paid in, where it is paid in parts
    created_at  timestamptz not null,
    issued_at   timestamptz,
    due         date,
    revision    integer not null default 1,
    bucket      smallint not null,
    stage       bill_stage not null,
    partial     boolean not null default false,
    at_counter  boolean not null default false,  -- paid over the counter: what holds online alone holds no more
    confirmed   text check (confirmed in ('auto', 'manual')),   -- by the payee's own books (the states MISA's users know)
    number      text,
    title       text not null default '',
    code        text,                       -- the payee's own
    visit       text,                       -- a patient's visit, a dossier: what is paid together
    confirmed_why text,
    told        text not null default 'open',   -- the status the last event told
    primary key (bucket, id)
) with (fillfactor = 80);
create unique index bill_request on bill (bucket, request) where request is not null;
create unique index bill_code on bill (bucket, merchant, code) where code is not null;
create unique index bill_number on bill (bucket, number) where number is not null;
create index bill_payer on bill (bucket, payer, id);
create index bill_merchant on bill (bucket, merchant, id);
create index bill_unit on bill (bucket, unit, id) where unit is not null;

-- The lines of each revision; never changed.
create table bill_line (
    bill        uuid not null,
    item        uuid,
    amount      bigint not null check (amount <> 0),   -- negative: less by an exemption, a discount, an adjustment
    quantity    integer not null default 1 check (quantity > 0),
    revision    integer not null,
    bucket      smallint not null,
    position    smallint not null,
    online_only boolean not null default false,
    kind        text not null check (kind in ('fee', 'exemption', 'discount', 'adjustment')),
    name        text not null,
    reason      text not null default '',
    legal_basis text not null default '',
    primary key (bucket, bill, revision, position)
);
-- Why a bill was changed, by whom.
create table bill_change (
    bill       uuid not null,
    actor      uuid not null,
    at         timestamptz not null,
    amount     bigint not null,
    revision   integer not null,
    n          integer not null,
    bucket     smallint not null,
    actor_kind actor_kind not null,
    what       text not null,
    reason     text not null,
    primary key (bucket, bill, n)
);

-- What stands for a bill beside the money of its own request: cash over a desk, a payer's kept credit. Never changed; what is
-- taken back is a row with a negative amount.
create table bill_cover (
    bill       uuid not null,
    id         uuid not null,
    desk       uuid,                        -- of cash: the unit, else the payee
    actor      uuid not null,
    undoes     uuid,                        -- the row it takes back
    amount     bigint not null check (amount <> 0),
    at         timestamptz not null,
    bucket     smallint not null,
    actor_kind actor_kind not null,
    kind       text not null check (kind in ('cash', 'credit')),
    outside_id text,                        -- a collecting agent's own number of it
    reason     text not null default '',
    primary key (bucket, bill, id)
);
create unique index bill_cover_undone on bill_cover (bucket, undoes) where undoes is not null;
create index bill_cover_desk on bill_cover (bucket, desk, at) where kind = 'cash';

-- A payer's excess that was kept for the next bill: the refund it stands as.
create table bill_kept (
    bill   uuid not null,
    refund uuid not null,
    payer  uuid not null,
    amount bigint not null check (amount > 0),
    at     timestamptz not null,
    bucket smallint not null,
    primary key (bucket, refund)
);

-- Several bills in one transfer: a payment request whose lines, frozen with it, are bills' open amounts (docs/adr/0028).
create table bill_group (
    request  uuid not null,
    bill     uuid not null,
    amount   bigint not null check (amount > 0),
    bucket   smallint not null,
    position smallint not null,
    primary key (bucket, request, position)
);
create index bill_group_bill on bill_group (bucket, bill);

-- Files of payers and bills: taken in, looked through, then worked off; resumed by whichever process is there.
create type import_state as enum ('checked', 'refused', 'running', 'done');
create table fee_import (
    id         uuid not null,
    merchant   uuid not null,
    actor      uuid not null,
    created_at timestamptz not null,
    finished_at timestamptz,
    leased_to  timestamptz,
    rows_all   integer not null default 0,
    rows_good  integer not null default 0,
    rows_done  integer not null default 0,
    rows_failed integer not null default 0,
    bucket     smallint not null,
    actor_kind actor_kind not null,
    state      import_state not null,
    kind       text not null check (kind in ('payers', 'bills')),
    file_name  text not null,
    problem    text not null default '',
    file       bytea,                       -- erased when it is done: names and phones
    primary key (bucket, id)
);
create index fee_import_running on fee_import (bucket) where state = 'running';
create table fee_import_error (
    import  uuid not null,
    bucket  smallint not null,
    row     integer not null,
    field   text not null,
    rule    text not null,
    primary key (bucket, import, row)
);

-- Look-ups by somebody who knows a code and a phone: at most so many failures an hour, by what was asked and by address.
create table lookup_attempt (
    subject bytea not null,                 -- SHA-256
    hour    timestamptz not null,
    count   integer not null,
    primary key (subject, hour)
);

alter type posting_template add value 'cash_received';
alter type posting_template add value 'cash_returned';
alter type posting_template add value 'credit_kept_received';
alter type posting_template add value 'credit_kept_due';
alter type posting_template add value 'credit_used_received';
alter type posting_template add value 'credit_used_due';
alter type event_type add value 'payment_request.revised';
alter type event_type add value 'bill.issued';
alter type event_type add value 'bill.revised';
alter type event_type add value 'bill.cancelled';
alter type event_type add value 'bill.written_off';
alter type event_type add value 'bill.paid';
alter type event_type add value 'bill.partially_paid';
alter type event_type add value 'bill.reopened';
alter type event_type add value 'bill.cash_received';
alter type event_type add value 'bill.cash_returned';
alter type event_type add value 'bill.carried_over';
alter type event_type add value 'bill.confirmed';
alter type event_type add value 'bill.unconfirmed';

grant select, insert, update on fee_unit, payer, fee_item, fee_rule, fee_schedule, bill, fee_import, lookup_attempt to choso;
grant select, insert, delete on guardian to choso;
grant select, insert on bill_line, bill_change, bill_cover, bill_kept, bill_group, fee_import_error to choso;
grant delete on lookup_attempt, fee_import_error to choso;
