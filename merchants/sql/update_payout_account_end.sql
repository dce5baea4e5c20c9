update payout_account set valid_to = now() where merchant = $1 and valid_to is null
