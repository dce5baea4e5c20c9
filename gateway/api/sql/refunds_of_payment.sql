-- refunds_of_payment: oldest first
select refund_columns(f)
from refund f where f.bucket = $1::int2 and f.payment = $2::uuid order by f.id
