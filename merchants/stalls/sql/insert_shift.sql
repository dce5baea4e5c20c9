insert into stall_shift (id, stall, member, started_at) values ($1, $2, $3, $4)
