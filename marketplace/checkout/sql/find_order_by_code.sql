select o.id from shop_order o where o.bucket = any($1::int2[]) and o.code = $2 and o.phone_key = $3::uuid
