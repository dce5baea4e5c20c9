-- get_payout: with where it goes
select payout_columns(o), d.bin, d.account, d.name, d.told_by
from payout o left join person d on d.bucket = o.bucket and d.id = o.destination
where o.bucket = $1::int2 and o.id = $2::uuid
