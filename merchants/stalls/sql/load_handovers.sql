select h.giver, h.taker, h.since, h.at, h.count, h.sum, h.signature, g.name, t.name
from stall_handover h join stall_member g on g.id = h.giver join stall_member t on t.id = h.taker
where h.stall = $1::uuid order by h.at desc limit $2::int8
