-- waiting_refunds: those of some merchants that nobody has decided on, newest first, each with where it goes
select refund_columns(f), d.bin, d.account, d.name, d.told_by, null::uuid, p.account
from unnest($1::int2[], $2::uuid[]) m(bucket, merchant)
cross join lateral (select * from refund f where f.bucket = m.bucket and f.merchant = m.merchant and f.status = 'proposed'
                    order by f.id desc limit $3::int8 offset 0) f
join payment p on p.bucket = f.bucket and p.id = f.payment
left join person d on d.bucket = f.bucket and d.id = f.destination
order by f.id desc limit $3::int8
