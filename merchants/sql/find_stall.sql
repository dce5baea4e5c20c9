select merchant, account from stall where id = $1
