-- request_refunds: of the payments that stand or stood for it, oldest first
select refund_columns(f)
from (select distinct a.payment from allocation a where a.bucket = $1::int2 and a.request = $2::uuid) a
cross join lateral (select * from refund f where f.bucket = $1::int2 and f.payment = a.payment offset 0) f
order by f.id
