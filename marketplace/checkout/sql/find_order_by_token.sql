select o.id from shop_order o where o.bucket = $1::int2 and o.token = $2::uuid
