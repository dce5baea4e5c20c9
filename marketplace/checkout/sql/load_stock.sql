select s.variant, s.on_hand, s.reserved
from each($2::uuid[]) u(id)
cross join lateral (select * from stock s where s.bucket = u.bucket and s.variant = u.id for update of s) s
