select s.id, s.name, s.due::text, s.partial, s.items from fee_schedule s where s.bucket = $1::int2 and s.merchant = $2::uuid order by s.id desc
