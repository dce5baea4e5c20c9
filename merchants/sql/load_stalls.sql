select id, merchant, market, account, name, number, reference, link_hash from stall order by id
