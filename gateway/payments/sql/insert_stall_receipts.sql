insert into stall_receipt (bucket, stall, n, payment)
select u.bucket, u.stall, u.n, u.payment
from each($2::uuid[], $3::int8[], $4::uuid[]) u(stall, n, payment)
