insert into person (bucket, id, name, phone, address, created_at)
select u.bucket, u.id, u.name, u.phone, u.address, u.created_at
from each($2::uuid[], $3::text[], $4::text[], $5::text[], $6::timestamptz[]) u(id, name, phone, address, created_at)
