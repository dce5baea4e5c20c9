-- close: a row for each account of the bucket with entries since its last close, up to the day's last journal. Only what was
-- touched since the bucket's last close is looked at: that day's own list again, for a batch that committed after it
insert into day_balance (bucket, account, day, opening, closing, seq_from, seq_to)
select $1::int2, t.account, $2::date, coalesce(before.closing, 0), last.balance, coalesce(before.seq_to, 0), last.seq
from (select distinct t.account from account_day t
      where t.bucket = $1::int2 and t.day <= $2::date and t.day >= coalesce($4::text::date, '-infinity')) t
cross join lateral (
    select e.seq, e.journal, e.balance from entry e where e.bucket = $1::int2 and e.account = t.account order by e.seq desc limit 1 offset 0) newest
left join lateral (
    select d.closing, d.seq_to from day_balance d where d.bucket = $1::int2 and d.account = t.account and d.day < $2::date order by d.day desc limit 1) before on true
cross join lateral (
    select newest.seq, newest.balance where newest.journal <= $3::int8
    union all
    select e.seq, e.balance from entry e
    where newest.journal > $3::int8 and e.bucket = $1::int2 and e.account = t.account
      and e.seq = last_entry_until($1::int2, t.account, newest.seq, $3::int8)) last
where last.seq > coalesce(before.seq_to, 0)
on conflict (bucket, account, day) do nothing
