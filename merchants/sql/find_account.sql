select collector, valid_to is null from bank_account where id = $1
