insert into allocation (bucket, request, payment, journal, amount)
select u.bucket, u.request, u.payment, u.journal, u.amount
from each($2::uuid[], $3::uuid[], $4::int8[], $5::int8[]) u(request, payment, journal, amount)
