insert into person (bucket, id, name, created_at)
select u.bucket, u.id, u.name, u.created_at
from each($2::uuid[], $3::text[], $4::timestamptz[]) u(id, name, created_at)
