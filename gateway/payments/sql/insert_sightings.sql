insert into sighting (bucket, source, source_id, payment)
select u.bucket, u.source, u.source_id, u.payment
from each($2::int4[], $3::text[], $4::uuid[]) u(source, source_id, payment)
