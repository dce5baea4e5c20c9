select f.id, f.source, f.kind, f.name, f.auth, (select count(*) from feed_account a where a.feed = f.id), f.created_at, f.revoked_at
from feed f
order by f.source
