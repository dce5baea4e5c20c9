insert into virtual_account (bin, number, account, stall) values ($1, $2, $3, $4::uuid)
