-- deposits_of_requests: whose case each of some requests is the advance of, and the account it is paid into
select d.id, d.merchant, q.account
from unnest($1::int2[], $2::uuid[]) u(bucket, request)
cross join lateral (select * from deposit d where d.bucket = u.bucket and d.id = u.request offset 0) d
join payment_request q on q.bucket = d.bucket and q.id = d.id
