select id, merchant, bin, number, holder from payout_account where valid_to is null
