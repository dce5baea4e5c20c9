select exists (select from bank_account where bin = $1 and number = $2 and valid_to is null)
    or exists (select from virtual_account where bin = $1 and number = $2)
