select u.bucket, i.scoped_hash, i.fingerprint, i.subject, i.outcome
from each($2::uuid[]) u(scoped_hash)
cross join lateral (select * from idempotency i where i.bucket = u.bucket and i.scoped_hash = u.scoped_hash offset 0) i
