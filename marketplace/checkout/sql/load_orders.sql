select o.id, o.merchant, o.account, o.buyer, o.phone_key, o.code, o.token, o.amount, o.created_at, o.expires_at, o.note, o.cash, o.waiting, o.short
from each($2::uuid[]) u(id)
cross join lateral (select * from shop_order o where o.bucket = u.bucket and o.id = u.id offset 0) o
