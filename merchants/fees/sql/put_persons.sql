insert into person (bucket, id, name, phone, created_at)
select $1::int2, u.id, nullif(u.name, ''), nullif(u.phone, ''), $2::timestamptz
from unnest($3::uuid[], $4::text[], $5::text[]) u(id, name, phone)
on conflict (bucket, id) do update
set name = coalesce(excluded.name, person.name), phone = coalesce(excluded.phone, person.phone)
where person.erased_at is null
