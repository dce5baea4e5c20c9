insert into bank_text (bucket, payment, source, source_id, content, headers, raw, received_at)
select u.bucket, u.payment, u.source, u.source_id, u.content, u.headers, u.raw, u.received_at
from each($2::uuid[], $3::int4[], $4::text[], $5::text[], $6::text[], $7::bytea[], $8::timestamptz[])
     u(payment, source, source_id, content, headers, raw, received_at)
