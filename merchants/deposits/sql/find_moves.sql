select m.id, m.deposit, m.kind, m.amount, m.what, m.actor_kind, m.actor, m.at
from deposit_move m where m.bucket = $1::int2 and m.deposit = $2::uuid order by m.at, m.id limit 500
