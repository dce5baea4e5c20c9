-- get_request_by_token
select r.id, r.merchant, r.account, r.token, r.reference, r.amount, r.amount_paid, r.late_paid, r.status, r.closed, r.late_policy,
       r.late_decision, r.expires_at, r.created_at, r.description, r.stall, r.order_code, r.return_url, r.metadata, r.fill
from payment_request r where r.bucket = $1::int2 and r.token = $2::uuid
