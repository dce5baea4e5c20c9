update bank_account set valid_to = now() where id = $1 and valid_to is null
