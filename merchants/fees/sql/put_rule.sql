insert into fee_rule (bucket, id, merchant, valid_from, valid_to, created_at, percent, online_only, item, category, name, legal_basis)
values ($1::int2, $2::uuid, $3::uuid, $4::timestamptz, $5::timestamptz, $6::timestamptz, $7::int2, $8::bool, $9::text, $10::text, $11::text, $12::text)
