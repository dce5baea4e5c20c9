-- payouts: each transfer beside the bank's own line of it
select o.id::text, o.purpose::text, coalesce(m.name, o.merchant::text), o.reference, o.amount, o.status::text, o.submitted_at, o.booked_at, o.line::text,
       -p.amount, case when p.id is not null then o.amount + p.amount end, o.returned_by::text
from unnest($1::int2[], $2::uuid[]) w(bucket, merchant)
cross join lateral (select * from payout o where o.bucket = w.bucket and o.merchant = w.merchant and o.id >= $3::uuid and o.id < $4::uuid offset 0) o
left join payment p on p.bucket = o.bucket and p.id = o.line
left join merchant m on m.id = o.merchant
where $5::timestamptz is not null
order by o.id
