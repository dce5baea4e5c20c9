select c.id, c.kind, c.amount, c.desk, c.undoes, c.actor_kind, c.actor, coalesce(c.outside_id, ''), c.reason, c.at
from bill_cover c where c.bucket = $1::int2 and c.bill = $2::uuid order by c.at, c.id
