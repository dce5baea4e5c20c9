select s.id, s.member, m.name, m.totals, m.owner, s.started_at
from stall_shift s join stall_member m on m.id = s.member where s.stall = $1::uuid and s.ended_at is null
