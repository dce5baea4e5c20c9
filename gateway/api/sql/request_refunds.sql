-- request_refunds: of the payments that stand or stood for it, oldest first
select f.id, f.payment, f.request, f.amount, f.status, f.reason, f.merchant, f.maker_kind, f.maker, f.approver_kind, f.approver, f.destination,
       f.taken_from, f.reference, f.failure, f.created_at, f.decided_at
from (select distinct a.payment from allocation a where a.bucket = $1::int2 and a.request = $2::uuid) a
cross join lateral (select * from refund f where f.bucket = $1::int2 and f.payment = a.payment offset 0) f
order by f.id
