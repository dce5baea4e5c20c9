-- refunds_of_payment: oldest first
select f.id, f.payment, f.request, f.amount, f.status, f.reason, f.merchant, f.maker_kind, f.maker, f.approver_kind, f.approver, f.destination,
       f.taken_from, f.reference, f.failure, f.created_at, f.decided_at
from refund f where f.bucket = $1::int2 and f.payment = $2::uuid order by f.id
