select payment_columns(p), s.bucket, s.source, s.source_id
from each($2::int4[], $3::text[]) u(source, source_id)
cross join lateral (select * from sighting s where s.bucket = u.bucket and s.source = u.source and s.source_id = u.source_id offset 0) s
cross join lateral (select * from payment p where p.bucket = u.bucket and p.id = s.payment offset 0) p
