insert into split_line (bucket, request, position, merchant, amount)
select u.bucket, u.request, u.position, u.merchant, u.amount
from each($2::uuid[], $3::int2[], $4::uuid[], $5::int8[]) u(request, position, merchant, amount)
