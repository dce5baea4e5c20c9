select p.id from payer p where p.bucket = $1::int2 and p.merchant = $2::uuid and p.code = $3::text
