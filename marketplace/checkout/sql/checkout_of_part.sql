select s."order" from seller_order s where s.bucket = $1::int2 and s.id = $2::uuid
