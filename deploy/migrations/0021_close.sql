-- The close of a day: what each ledger account began and ended it with (docs/adr/0041). Nothing here is changed once written;
-- opening a day again is a revision more.

create table day_close (
    closed_at   timestamptz not null,
    journal     bigint not null,            -- the last one of the day in this bucket
    accounts    integer not null,           -- touched
    clearing    integer not null,           -- clearing accounts that are not at zero
    unexplained integer not null,           -- of them, those whose rest nothing open explains
    actor       uuid not null,
    day         date not null,              -- in Vietnam
    bucket      smallint not null,
    revision    smallint not null,          -- 1, and one more for each time it was opened again
    actor_kind  actor_kind not null,
    reason      text not null default '',
    primary key (bucket, day, revision)
);

-- One row for each account that was touched since its last close: seq_from excluded, seq_to included.
create table day_balance (
    opening  bigint not null,
    closing  bigint not null,
    seq_from bigint not null,
    seq_to   bigint not null check (seq_to > seq_from),
    account  integer not null,
    day      date not null,
    bucket   smallint not null,
    primary key (bucket, account, day)
);
create index day_balance_day on day_balance (bucket, day);

-- What the rest of a clearing account is made of, at each revision; `what` is a word of ours.
create table day_explained (
    amount   bigint not null,               -- of the account's closing, as a positive rest
    count    bigint not null,
    account  integer not null,
    day      date not null,
    bucket   smallint not null,
    revision smallint not null,
    what     text not null,
    primary key (bucket, day, revision, account, what)
);

create index payout_unbooked on payout (bucket, account) where booked_at is null and status in ('approved', 'submitted', 'unknown', 'succeeded');

-- The last journal of a bucket that was recorded before a moment; 0 if there is none. Journals are numbered in the order of
-- their times, so that halving finds it: a day that is long gone costs no more than yesterday.
create function last_journal_before(of_bucket smallint, moment timestamptz) returns bigint language plpgsql stable as $$
declare
    low bigint := 0;
    high bigint := coalesce((select j.id from journal j where j.bucket = of_bucket order by j.id desc limit 1), 0);
    middle bigint;
    recorded timestamptz;
begin
    while low < high loop
        middle := (low + high + 1) / 2;
        select j.recorded_at into recorded from journal j where j.bucket = of_bucket and j.id >= middle order by j.id limit 1;
        if recorded < moment then low := middle; else high := middle - 1; end if;
    end loop;
    return low;
end $$;

-- The last entry of an account that belongs to a journal up to a given one; 0 if there is none.
create function last_entry_until(of_bucket smallint, of_account integer, newest bigint, until bigint) returns bigint language plpgsql stable as $$
declare
    low bigint := 0;
    high bigint := newest;
    middle bigint;
    at_journal bigint;
begin
    while low < high loop
        middle := (low + high + 1) / 2;
        select e.journal into at_journal from entry e where e.bucket = of_bucket and e.account = of_account and e.seq = middle;
        if at_journal <= until then low := middle; else high := middle - 1; end if;
    end loop;
    return low;
end $$;

grant select, insert on day_close, day_balance, day_explained to choso;
