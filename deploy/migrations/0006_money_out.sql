-- Money that goes back and out: refunds become decisions with a maker, an approver and a destination; a payout is one
-- transfer of ours. Enum values are only added and columns have constant defaults: safe beside running gateways.

alter type account_kind add value if not exists 'refund_in_flight';
alter type account_kind add value if not exists 'payout_in_flight';
alter type payment_status add value 'sent';   -- a debit line that is our own transfer, or a refund we asked the payee for
alter type posting_template add value 'unreferenced_to_due_confirmed';
alter type posting_template add value 'refund_reserved_due';
alter type posting_template add value 'refund_reserved_unreferenced';
alter type posting_template add value 'refund_sent';
alter type posting_template add value 'refund_back_to_due';
alter type posting_template add value 'refund_back_to_unreferenced';
alter type posting_template add value 'payout_reserved';
alter type posting_template add value 'payout_sent';
alter type posting_template add value 'payout_back';
alter type posting_template add value 'refund_paid_received';
alter type posting_template add value 'refund_paid_unreferenced';
alter type due_kind add value 'payout_unanswered';
alter type event_type add value 'refund.approved';
alter type event_type add value 'refund.submitted';
alter type event_type add value 'refund.succeeded';
alter type event_type add value 'refund.unknown';
alter type event_type add value 'payout.proposed';
alter type event_type add value 'payout.approved';
alter type event_type add value 'payout.submitted';
alter type event_type add value 'payout.succeeded';
alter type event_type add value 'payout.failed';
alter type event_type add value 'payout.unknown';
alter type event_type add value 'payout.unresolved';
alter type event_type add value 'payout.contradicted';
alter type event_type add value 'payout.returned';

create type money_place as enum ('payee', 'unreferenced');

alter table person add column bin text,       -- of the bank the account is at
                   add column told_by text;   -- who says that the account is this person's: payer, statement or maker

alter table refund
    add column merchant uuid,
    add column maker uuid not null default '00000000-0000-0000-0000-000000000000',
    add column approver uuid,
    add column destination uuid,             -- in person
    add column decided_at timestamptz,
    add column maker_kind actor_kind not null default 'system',
    add column approver_kind actor_kind,
    add column taken_from money_place,       -- whose money it is paid with, from the moment it is taken
    add column reference text,               -- of a direct collector's refund: the code its transfer must carry
    add column failure text not null default '';
update refund f set merchant = p.merchant from payment p where p.bucket = f.bucket and p.id = f.payment;
alter table refund alter column merchant set not null;
create index refund_merchant on refund (bucket, merchant, id);
create unique index refund_reference on refund (bucket, reference) where reference is not null;

create type payout_purpose as enum ('refund', 'settlement', 'manual');
create type payout_status as enum ('proposed', 'approved', 'submitted', 'succeeded', 'failed', 'unknown');
create table payout (
    id             uuid not null,
    merchant       uuid not null,            -- whose money it is
    account        uuid not null,            -- it is paid from
    destination    uuid not null,            -- in person
    maker          uuid not null,
    amount         bigint not null check (amount between 1 and 99999999999),
    created_at     timestamptz not null,
    bucket         smallint not null,
    asked          smallint not null default 0,   -- how often the bank was asked what became of it
    purpose        payout_purpose not null,
    status         payout_status not null,
    maker_kind     actor_kind not null,
    approver_kind  actor_kind,
    approver       uuid,
    refund         uuid,
    attempt        uuid,                     -- of the one submission
    line           uuid,                     -- the payment that is the bank's own line of it
    returned_by    uuid,                     -- the payment by which the bank gave it back
    approved_at    timestamptz,
    submitted_at   timestamptz,
    settled_at     timestamptz,
    booked_at      timestamptz,              -- when it left the bank account in the ledger
    reference      text,                     -- in its content, from its approval on
    reason         text not null,
    failure        text not null default '',
    bank_reference text not null default '',
    primary key (bucket, id)
) with (fillfactor = 60);
create index payout_merchant on payout (bucket, merchant, id);
create unique index payout_reference on payout (bucket, reference) where reference is not null;
create unique index payout_refund on payout (bucket, refund) where refund is not null and status <> 'failed';

-- Why a credit was taken back, and by whom; its id makes the order answer the same twice.
create table reversal (
    payment    uuid not null,
    id         uuid not null,
    actor      uuid not null,
    at         timestamptz not null,
    bucket     smallint not null,
    actor_kind actor_kind not null,
    reason     text not null,
    primary key (bucket, payment)
);

grant select, insert, update on payout to choso;
grant select, insert on reversal to choso;
