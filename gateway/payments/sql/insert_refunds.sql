insert into refund (bucket, id, payment, request, amount, status, reason, created_at)
select u.bucket, u.id, u.payment, u.request, u.amount, u.status::refund_status, u.reason, u.created_at
from each($2::uuid[], $3::uuid[], $4::uuid[], $5::int8[], $6::text[], $7::text[], $8::timestamptz[]) u(id, payment, request, amount, status, reason, created_at)
