delete from guardian g where g.bucket = $1::int2 and g.payer = any($2::uuid[])
