insert into stall_member (id, stall, name, pin, totals, owner) values ($1, $2, $3, $4, $5, $6)
