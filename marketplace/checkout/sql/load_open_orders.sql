select o.phone_key, count(*) from shop_order o where o.bucket in_batch and o.waiting and o.phone_key = any($2::uuid[]) group by o.phone_key
