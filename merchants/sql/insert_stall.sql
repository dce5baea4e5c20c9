insert into stall (id, merchant, market, account, name, number, reference, link_hash) values ($1, $2, $3, $4, $5, $6, $7, $8)
