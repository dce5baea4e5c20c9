insert into payer (bucket, id, merchant, unit, code, created_at)
select u.bucket, u.id, u.merchant, u.unit, u.code, coalesce(u.at, now())
from each($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::timestamptz[]) u(id, merchant, unit, code, at)
on conflict (bucket, merchant, code) do update set unit = coalesce(excluded.unit, payer.unit)
