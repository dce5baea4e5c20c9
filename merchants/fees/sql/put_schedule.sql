insert into fee_schedule (bucket, id, merchant, due, created_at, partial, name, items)
values ($1::int2, $2::uuid, $3::uuid, $4::date, $5::timestamptz, $6::bool, $7::text, $8::text[])
