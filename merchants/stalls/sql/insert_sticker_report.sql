insert into sticker_report (id, stall, payload, bin, account) values ($1, $2, $3, $4, $5)
