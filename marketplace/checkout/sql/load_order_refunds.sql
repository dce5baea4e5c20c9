select f.refund, f."order", f.seller_order, f.is_return, f.payment, f.amount, f.failed
from each($2::uuid[]) u(id)
cross join lateral (
    select r.refund, r."order", r.seller_order, r.is_return, f.payment, f.amount, f.status = 'failed' as failed
    from order_refund r join refund f on f.bucket = r.bucket and f.id = r.refund
    where r.bucket = u.bucket and r."order" = u.id offset 0) f
