select s."order" from parcel p join seller_order s on s.bucket = p.bucket and s.id = p."order" where p.bucket = $1::int2 and p.id = $2::uuid
