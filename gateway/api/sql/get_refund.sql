-- get_refund: with where it goes and the payout it became
select refund_columns(f), d.bin, d.account, d.name, d.told_by, o.id, p.account
from refund f
join payment p on p.bucket = f.bucket and p.id = f.payment
left join person d on d.bucket = f.bucket and d.id = f.destination
left join payout o on o.bucket = f.bucket and o.refund = f.id and o.merchant = f.merchant
where f.bucket = $1::int2 and f.id = $2::uuid
order by o.id desc limit 1
