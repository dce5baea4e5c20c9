insert into release (bucket, request, subject, merchant, journal, amount)
select u.bucket, u.request, u.subject, u.merchant, u.journal, u.amount
from each($2::uuid[], $3::uuid[], $4::uuid[], $5::int8[], $6::int8[]) u(request, subject, merchant, journal, amount)
