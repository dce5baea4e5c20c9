insert into person (bucket, id, bin, account, name, told_by, created_at)
select u.bucket, u.id, u.bin, u.account, u.holder, u.told_by, u.created_at
from each($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[]) u(id, bin, account, holder, told_by, created_at)
