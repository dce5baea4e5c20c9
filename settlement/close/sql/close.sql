-- close: a row for each account of the bucket with entries since its last close, up to the day's last journal
insert into day_balance (bucket, account, day, opening, closing, seq_from, seq_to)
select $1::int2, a.id, $2::date, coalesce(before.closing, 0), h.balance, coalesce(before.seq_to, 0), h.seq
from ledger_account a
cross join lateral (
    select e.seq, e.journal from entry e where e.bucket = $1::int2 and e.account = a.id order by e.seq desc limit 1 offset 0) newest
left join lateral (
    select d.closing, d.seq_to from day_balance d where d.bucket = $1::int2 and d.account = a.id and d.day < $2::date order by d.day desc limit 1) before on true
cross join lateral (
    select e.seq, e.balance from entry e
    where e.bucket = $1::int2 and e.account = a.id and newest.seq > coalesce(before.seq_to, 0)
      and e.seq = case when newest.journal <= $3::int8 then newest.seq
                       else last_entry_until($1::int2, a.id, newest.seq, $3::int8) end) h
where a.bucket = $1::int2 and h.seq > coalesce(before.seq_to, 0)
on conflict (bucket, account, day) do nothing
