update fee_import m set state = 'done', finished_at = $3::timestamptz, leased_to = null, file = null where m.bucket = $1::int2 and m.id = $2::uuid
