insert into benefit_programme (bucket, id, merchant, code, name, created_at)
select u.bucket, u.id, u.merchant, u.code, u.name, u.created_at
from each($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[]) u(id, merchant, code, name, created_at)
