update stall set account = $2::uuid where id = $1::uuid
