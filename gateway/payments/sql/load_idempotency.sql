select i.merchant, i.key_hash, i.fingerprint, i.subject, i.outcome
from each($2::uuid[], $3::uuid[]) u(merchant, key_hash)
cross join lateral (select * from idempotency i where i.bucket = u.bucket and i.merchant = u.merchant and i.key_hash = u.key_hash offset 0) i
