insert into idempotency (bucket, scoped_hash, fingerprint, subject, outcome)
select u.bucket, u.scoped_hash, u.fingerprint, u.subject, u.outcome
from each($2::uuid[], $3::bytea[], $4::uuid[], $5::int2[]) u(scoped_hash, fingerprint, subject, outcome)
