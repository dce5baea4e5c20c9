select id, merchant, bin, number, holder, valid_from, valid_to from payout_account order by valid_from, id
