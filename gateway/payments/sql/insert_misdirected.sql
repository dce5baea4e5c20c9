insert into misdirected (bucket, payment, request, amount, at)
select u.bucket, u.payment, u.request, u.amount, u.at
from each($2::uuid[], $3::uuid[], $4::int8[], $5::timestamptz[]) u(payment, request, amount, at)
