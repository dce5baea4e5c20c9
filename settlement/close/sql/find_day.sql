-- find_day: the newest revision of a day in some buckets, with its balances
select d.bucket, d.revision, d.closed_at, d.clearing, d.unexplained, d.reason, a.kind, a.subject, b.opening, b.closing, b.seq_to - b.seq_from,
       coalesce((select sum(x.amount) from day_explained x where x.bucket = d.bucket and x.day = d.day and x.revision = d.revision and x.account = b.account), 0)::int8
from (select distinct on (d.bucket) d.* from day_close d where d.bucket = any($1::int2[]) and d.day = $2::date order by d.bucket, d.revision desc) d
join day_balance b on b.bucket = d.bucket and b.day = d.day
join ledger_account a on a.bucket = b.bucket and a.id = b.account
where a.subject = any($3::uuid[]) or $4::boolean
order by d.bucket, a.kind, a.subject limit $5::int8
