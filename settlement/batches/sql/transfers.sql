-- transfers: what a file holds
select o.id, o.reference, o.amount, d.bin, d.account, d.name, o.status::text, m.name
from payout o join person d on d.bucket = o.bucket and d.id = o.destination join merchant m on m.id = o.merchant
where o.bucket = $1::int2 and o.attempt = $2::uuid order by o.id
