select u.phone_key, o.waiting
from each($2::uuid[]) u(phone_key)
cross join lateral (select count(*) as waiting from shop_order o where o.bucket = u.bucket and o.waiting and o.phone_key = u.phone_key offset 0) o
