-- receipts: a stall's money that came in, not older than an id, newest first; with the sum and the number of all of it
select p.id, p.account, p.amount, p.occurred_at, p.recorded_at, p.content_hash, p.merchant, p.status, p.wrong_account, p.bank_ref,
       array_prepend(p.source, p.later_sources), p.reference, p.request, p.stall, p.confirmed_at,
       coalesce(sum(p.amount) filter (where p.status <> 'reversed') over (), 0)::int8, count(*) over ()
from payment p where p.bucket = $1::int2 and p.merchant = $2::uuid and p.stall = $3::uuid and p.id >= $4::uuid and p.amount > 0
order by p.id desc limit $5::int8
