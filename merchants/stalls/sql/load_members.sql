select m.id, m.name, m.pin, m.totals, m.owner from stall_member m where m.stall = $1::uuid and m.revoked_at is null order by m.created_at, m.id
