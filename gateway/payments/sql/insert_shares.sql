insert into share (bucket, request, payment, journal, position, merchant, amount)
select u.bucket, u.request, u.payment, u.journal, u.position, u.merchant, u.amount
from each($2::uuid[], $3::uuid[], $4::int8[], $5::int2[], $6::uuid[], $7::int8[]) u(request, payment, journal, position, merchant, amount)
