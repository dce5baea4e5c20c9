select s.request, s.payment, s.position, s.merchant, sum(s.amount)::int8
from each($2::uuid[]) u(id)
cross join lateral (select * from share s where s.bucket = u.bucket and s.request = u.id offset 0) s
group by s.request, s.payment, s.position, s.merchant
