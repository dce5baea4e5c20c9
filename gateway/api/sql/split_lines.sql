-- split_lines: of some split requests, in the payer's order, with what fills each
select l.request, l.merchant, l.amount,
       coalesce((select sum(s.amount) from share s where s.bucket = l.bucket and s.request = l.request and s.position = l.position), 0)::int8
from unnest($1::int2[], $2::uuid[]) u(bucket, request)
cross join lateral (select * from split_line l where l.bucket = u.bucket and l.request = u.request offset 0) l
order by l.request, l.position
