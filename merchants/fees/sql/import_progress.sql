update fee_import m set rows_done = $3::int4, rows_failed = $4::int4, leased_to = now() + interval '60 seconds'
where m.bucket = $1::int2 and m.id = $2::uuid
