insert into person (bucket, id, name, bin, account, told_by, created_at)
select u.bucket, u.id, u.name, u.bin, u.account, 'maker', u.created_at
from each($2::uuid[], $3::text[], $4::text[], $5::text[], $6::timestamptz[]) u(id, name, bin, account, created_at)
