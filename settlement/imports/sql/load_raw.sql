select body from statement_raw where file = $1::uuid order by part
