insert into staff_session (id, token_hash, staff, address, agent) values ($1, $2, $3, $4, $5)
