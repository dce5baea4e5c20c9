update bank_account set static_stall = $2 where id = $1
