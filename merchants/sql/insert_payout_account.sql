insert into payout_account (id, merchant, bin, number, holder) values ($1, $2, $3, $4, $5)
