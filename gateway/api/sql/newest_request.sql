-- newest_request: of a stall, not older than an id
select r.id, r.merchant, r.account, r.token, r.reference, r.amount, r.amount_paid, r.late_paid, r.status, r.closed, r.late_policy,
       r.late_decision, r.expires_at, r.created_at, r.description, r.stall, r.order_code, r.return_url, r.metadata, r.fill
from payment_request r where r.bucket = $1::int2 and r.merchant = $2::uuid and r.stall = $3::uuid and r.id >= $4::uuid
order by r.id desc limit 1
