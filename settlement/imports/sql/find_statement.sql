select id, state from statement where bucket = $1::int2 and file = $2::uuid and place = $3::int4
