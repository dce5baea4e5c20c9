select s.source_id, s.payment
from unnest($3::text[]) u(source_id)
cross join lateral (select * from sighting s where s.bucket = $1::int2 and s.source = $2::int4 and s.source_id = u.source_id offset 0) s
