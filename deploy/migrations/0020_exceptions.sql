-- What does not match, each a thing of its own with a state, an owner and a history (docs/adr/0040).

create type exception_kind as enum ('unreferenced', 'wrong_account', 'duplicate', 'overpaid', 'paid_late', 'reversed', 'notice_without_line',
                                    'line_without_notice', 'chain_broken', 'payout_unknown', 'payout_contradicted', 'payout_returned');
create type exception_state as enum ('open', 'claimed', 'proposed', 'done');
create type exception_action as enum ('match', 'assign', 'refund', 'reverse', 'accept');
create table exception (
    id            uuid not null,
    subject       uuid not null,            -- the payment, payout or statement it is about
    account       uuid not null,            -- the bank account the money is in
    merchant      uuid not null,            -- who is shown it: the collector's own
    occurred_at   timestamptz not null,     -- of the fact, by the bank
    opened_at     timestamptz not null,
    amount        bigint not null check (amount >= 0),   -- money at risk
    bucket        smallint not null,
    kind          exception_kind not null,
    state         exception_state not null default 'open',
    action        exception_action,         -- what is proposed, or was done
    maker_kind    actor_kind,
    approver_kind actor_kind,
    owner         uuid,                     -- of the staff: who has taken it
    target        uuid,                     -- of the action: a request, a merchant, a refund
    stall         uuid,
    maker         uuid,
    approver      uuid,
    proposed_at   timestamptz,
    decided_at    timestamptz,
    reason        text not null default '', -- a word of ours, never typed text
    ended         text not null default '', -- how it came to its end: approved, accepted, itself
    primary key (bucket, id),
    unique (bucket, kind, subject)
) with (fillfactor = 60);
create index exception_merchant on exception (bucket, merchant, id);
create index exception_work on exception (bucket, merchant, kind, opened_at) where state <> 'done';

-- What people write about one. Typed text may name somebody: it is not append-only, and erased with its subject.
create table exception_note (
    exception uuid not null,
    id        uuid not null,
    author    uuid not null,
    at        timestamptz not null,
    bucket    smallint not null,
    text      text,
    erased_at timestamptz,
    primary key (bucket, exception, id)
);

alter type event_type add value 'exception.opened';
alter type event_type add value 'exception.resolved';
alter type event_type add value 'exception.reopened';

grant select, insert, update on exception, exception_note to choso;

-- Days that were looked through for notices without a line.
create table exception_sweep (
    day date primary key,
    at  timestamptz not null default now()
);
grant select, insert on exception_sweep to choso;
