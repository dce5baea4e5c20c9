insert into sighting (bucket, source, source_id, payment, seen_at)
select u.bucket, u.source, u.source_id, u.payment, u.seen_at
from each($2::int4[], $3::text[], $4::uuid[], $5::timestamptz[]) u(source, source_id, payment, seen_at)
