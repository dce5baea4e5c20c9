select bin, number, account, stall from virtual_account
