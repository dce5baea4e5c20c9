-- Complaints about a payment: typed, with a deadline in working days, an owner, an answer, and an escalation when it is late.

alter type due_kind add value 'complaint_deadline';
alter type event_type add value 'complaint.opened';
alter type event_type add value 'complaint.taken';
alter type event_type add value 'complaint.answered';
alter type event_type add value 'complaint.escalated';

create type complaint_kind as enum ('paid_not_recorded', 'paid_twice', 'amount_wrong', 'payee_wrong', 'refund_missing', 'receipt_wrong', 'other');
create type complaint_status as enum ('open', 'answered');

-- How many working days an office has to answer; a row of an office wins over the row of all (merchant null).
create table complaint_term (
    kind     complaint_kind not null,
    merchant uuid references merchant,
    days     smallint not null check (days between 1 and 60)
);
create unique index complaint_term_one on complaint_term (kind, coalesce(merchant, '00000000-0000-0000-0000-000000000000'));
insert into complaint_term (kind, days) values
    ('paid_not_recorded', 3), ('paid_twice', 5), ('amount_wrong', 5), ('payee_wrong', 5), ('refund_missing', 5), ('receipt_wrong', 5), ('other', 10);

-- Days that are announced after the built-in calendar was written: they win over it.
create table calendar_day (
    day   date primary key,
    works boolean not null,
    name  text not null,
    basis text not null check (basis <> '')
);

create table complaint (
    id           uuid not null,
    merchant     uuid not null,             -- who is to answer
    request      uuid not null,             -- what it is about
    receipt      uuid,
    token        uuid not null,             -- the secret of the payer's page
    owner        uuid,                      -- of the staff: who works on it
    opener       uuid not null,
    opened_at    timestamptz not null,
    deadline     timestamptz not null,      -- the first moment that is too late
    answered_at  timestamptz,
    escalated_at timestamptz,
    bucket       smallint not null,
    days         smallint not null,         -- working days it was given
    kind         complaint_kind not null,
    status       complaint_status not null default 'open',
    opener_kind  actor_kind not null,       -- system: the payer, from the receipt's page
    primary key (bucket, id),
    unique (bucket, token)
) with (fillfactor = 70);
create index complaint_merchant on complaint (bucket, merchant, id);
-- The same trouble is complained of once at a time.
create unique index complaint_once on complaint (bucket, request, kind) where status = 'open';

-- What people wrote: personal, so it can be erased.
create table complaint_text (
    complaint uuid not null,
    at        timestamptz not null,
    bucket    smallint not null,
    answer    boolean not null,
    body      text,
    contact   text,
    erased_at timestamptz,
    primary key (bucket, complaint, answer)
);

grant select on complaint_term to choso;
grant select, insert, update on calendar_day to choso;
grant select, insert, update on complaint, complaint_text to choso;
