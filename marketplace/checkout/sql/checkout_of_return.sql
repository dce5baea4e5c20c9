select s."order" from order_return r join seller_order s on s.bucket = r.bucket and s.id = r."order" where r.bucket = $1::int2 and r.id = $2::uuid
