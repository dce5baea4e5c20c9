insert into deposit (bucket, id, merchant, code, held, used, returned, status, created_at, settled_at)
select u.bucket, u.id, u.merchant, u.code, u.held, u.used, u.returned, u.status::deposit_status, u.created_at, u.settled_at
from each($2::uuid[], $3::uuid[], $4::text[], $5::int8[], $6::int8[], $7::int8[], $8::text[], $9::timestamptz[], $10::timestamptz[])
     u(id, merchant, code, held, used, returned, status, created_at, settled_at)
