select h.revision, h.amount, h.actor_kind, h.actor, h.what, h.reason, h.at
from bill_change h where h.bucket = $1::int2 and h.bill = $2::uuid order by h.n
