-- A day is closed by what it touched (docs/adr/0041): the close reads these lists and no account that stood still.

-- Which accounts got an entry on a day of Vietnam, by the time it was recorded; written in the entry's own commit.
create table account_day (
    account integer not null,
    day     date not null,
    bucket  smallint not null,
    primary key (bucket, day, account)
);

-- The clearing accounts that were not at zero when a day ended, whether that day touched them or not.
create table day_rest (
    closing bigint not null check (closing <> 0),
    account integer not null,
    day     date not null,
    bucket  smallint not null,
    primary key (bucket, day, account)
);

-- What was booked since each bucket's last close, and what stood open then.
insert into account_day (bucket, day, account)
select distinct e.bucket, (j.recorded_at at time zone interval '7 hours')::date, e.account
from entry e join journal j on j.bucket = e.bucket and j.id = e.journal
left join (select c.bucket, max(c.day) as day from day_close c group by c.bucket) last on last.bucket = e.bucket
where (j.recorded_at at time zone interval '7 hours')::date >= coalesce(last.day, '-infinity');

insert into day_rest (bucket, day, account, closing)
select a.bucket, last.day, a.id, b.closing
from (select c.bucket, max(c.day) as day from day_close c group by c.bucket) last
join ledger_account a on a.bucket = last.bucket and a.kind in ('unreferenced', 'suspense', 'refund_in_flight', 'payout_in_flight', 'held')
cross join lateral (select b.closing from day_balance b where b.bucket = a.bucket and b.account = a.id order by b.day desc limit 1) b
where b.closing <> 0;

grant select, insert on account_day, day_rest to choso;

-- Work left is counted from the index alone; a row whose state changes is written anew in it as before, for its condition.
drop index exception_work;
create index exception_work on exception (bucket, merchant) include (account, kind, state, occurred_at, opened_at, amount) where state <> 'done';
