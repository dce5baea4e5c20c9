insert into stall_account_change (id, stall, account, before, asked_by, asked_at, earliest) values ($1, $2, $3, $4, $5, $6, $7)
