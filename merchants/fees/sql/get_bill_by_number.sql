select bill_columns from bill b bill_joins where b.bucket = any($1::int2[]) and b.number = $2::text
