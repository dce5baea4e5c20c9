-- receipts_of_request: each payment that was ever allocated to it
select p.amount, p.status = 'reversed'
from (select distinct a.payment from allocation a where a.bucket = $1::int2 and a.request = $2::uuid) a
join payment p on p.bucket = $1::int2 and p.id = a.payment
order by p.id
