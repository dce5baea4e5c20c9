insert into fee_item (bucket, id, merchant, amount, created_at, valid_from, valid_to, version, code, name, receipt)
select $1::int2, $2::uuid, $3::uuid, $4::int8, $5::timestamptz, $6::date, nullif($7::text, '')::date,
       1 + coalesce((select max(o.version) from fee_item o where o.bucket = $1::int2 and o.merchant = $3::uuid and o.code = $8::text), 0),
       $8::text, $9::text, $10::text
returning version
