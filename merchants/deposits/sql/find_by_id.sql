select d.id, d.merchant, d.code, d.held, d.used, d.returned, d.status, d.created_at, d.settled_at
from deposit d where d.bucket = $1::int2 and d.id = $2::uuid
