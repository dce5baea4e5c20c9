select u.bucket, u.stall, coalesce(s.n, 0)::int8
from each($2::uuid[]) u(stall)
left join lateral (select s.n from stall_receipt s where s.bucket = u.bucket and s.stall = u.stall order by s.n desc limit 1) s on true
