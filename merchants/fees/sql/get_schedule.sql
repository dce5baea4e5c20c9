select s.merchant, s.name, s.due::text, s.partial, s.items from fee_schedule s where s.bucket = $1::int2 and s.id = $2::uuid
