insert into idempotency (bucket, merchant, key_hash, fingerprint, subject, outcome)
select u.bucket, u.merchant, u.key_hash, u.fingerprint, u.subject, u.outcome
from each($2::uuid[], $3::uuid[], $4::bytea[], $5::uuid[], $6::int2[]) u(merchant, key_hash, fingerprint, subject, outcome)
