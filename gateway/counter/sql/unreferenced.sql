-- unreferenced: money of one account, not older than an id, that names nobody
select p.id, p.amount, p.recorded_at
from payment p where p.bucket = $1::int2 and p.merchant = $2::uuid and p.account = $3::uuid and p.id >= $4::uuid and p.amount > 0
                 and p.status = 'unreferenced' and not p.wrong_account and p.request is null
order by p.id desc limit 10
