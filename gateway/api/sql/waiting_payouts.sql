-- waiting_payouts: those of some merchants that nobody has decided on, newest first, each with where it goes
select payout_columns(o), d.bin, d.account, d.name, d.told_by
from unnest($1::int2[], $2::uuid[]) m(bucket, merchant)
cross join lateral (select * from payout o where o.bucket = m.bucket and o.merchant = m.merchant and o.status = 'proposed'
                    order by o.id desc limit $3::int8 offset 0) o
left join person d on d.bucket = o.bucket and d.id = o.destination
order by o.id desc limit $3::int8
