-- payout_to_send: what the bank must be told; without a destination once that was erased
select o.account, o.amount, o.reference, d.bin, d.account, d.name
from payout o left join person d on d.bucket = o.bucket and d.id = o.destination
where o.bucket = $1::int2 and o.id = $2::uuid
