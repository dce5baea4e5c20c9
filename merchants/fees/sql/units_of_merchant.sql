select u.id, u.parent, u.code, u.name from fee_unit u where u.bucket = $1::int2 and u.merchant = $2::uuid order by u.code
