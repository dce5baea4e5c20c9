insert into bill_group (bucket, request, position, bill, amount)
select u.bucket, u.request, u.position, u.bill, u.amount
from each($2::uuid[], $3::int2[], $4::uuid[], $5::int8[]) u(request, position, bill, amount)
