select s.merchant, s.name from seller s where s.merchant = any($1::uuid[])
