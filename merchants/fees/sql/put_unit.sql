insert into fee_unit (bucket, id, merchant, parent, created_at, code, name)
values ($1::int2, $2::uuid, $3::uuid, $4::uuid, $5::timestamptz, $6::text, $7::text)
on conflict (bucket, merchant, code) do update set name = excluded.name, parent = coalesce(excluded.parent, fee_unit.parent)
returning id
