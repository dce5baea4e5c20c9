select k.id, k.name, k.prefix, k.live, k.scopes, (select count(*) from api_key_merchant m where m.api_key = k.id), k.created_at, k.revoked_at
from api_key k
order by k.created_at, k.id
