update stall set link_hash = $2 where id = $1
