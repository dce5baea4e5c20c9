insert into stall_handover (id, stall, giver, taker, since, at, count, sum, signature) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
