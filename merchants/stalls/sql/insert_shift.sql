insert into stall_shift (id, stall, member, started_at, n_from) values ($1, $2, $3, $4, $5)
