-- get_refund: with where it goes and the payout it became
select f.id, f.payment, f.request, f.amount, f.status, f.reason, f.merchant, f.maker_kind, f.maker, f.approver_kind, f.approver, f.destination,
       f.taken_from, f.reference, f.failure, f.created_at, f.decided_at, d.bin, d.account, d.name, d.told_by, o.id, p.account
from refund f
join payment p on p.bucket = f.bucket and p.id = f.payment
left join person d on d.bucket = f.bucket and d.id = f.destination
left join payout o on o.bucket = f.bucket and o.refund = f.id and o.merchant = f.merchant
where f.bucket = $1::int2 and f.id = $2::uuid
order by o.id desc limit 1
