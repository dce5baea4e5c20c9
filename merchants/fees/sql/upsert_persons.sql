insert into person (bucket, id, name, phone, created_at)
select u.bucket, u.id, nullif(u.name, ''), nullif(u.phone, ''), u.at
from each($2::uuid[], $3::text[], $4::text[], $5::timestamptz[]) u(id, name, phone, at)
on conflict (bucket, id) do update
set name = coalesce(excluded.name, person.name), phone = coalesce(excluded.phone, person.phone)
where person.erased_at is null
