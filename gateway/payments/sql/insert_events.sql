insert into event (bucket, seq, type, subject, merchant, body, at)
select u.bucket, u.seq, u.type::event_type, u.subject, u.merchant, u.body::json, u.at
from each($2::int8[], $3::text[], $4::uuid[], $5::uuid[], $6::text[], $7::timestamptz[]) u(seq, type, subject, merchant, body, at)
