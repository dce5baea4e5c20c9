-- settlement: every line of the runs of a stretch of time; $5 is not used here
select b.id::text, b.created_at, coalesce(m.name, l.merchant::text), l.payout::text, o.reference, l.amount, o.status::text, o.failure, o.settled_at
from unnest($1::int2[], $2::uuid[]) w(bucket, merchant)
cross join lateral (select * from settlement_batch b where b.bucket = w.bucket and b.merchant = w.merchant and b.id >= $3::uuid and b.id < $4::uuid offset 0) b
join settlement_line l on l.bucket = b.bucket and l.batch = b.id
join payout o on o.bucket = l.bucket and o.id = l.payout
left join merchant m on m.id = l.merchant
where $5::timestamptz is not null
order by b.id, l.payout
