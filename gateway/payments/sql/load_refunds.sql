select refund_columns(f)
from each($2::uuid[]) u(id)
cross join lateral (select * from refund f where f.bucket = u.bucket and f.id = u.id offset 0) f
