select bill_columns from bill b bill_joins where b.bucket = $1::int2 and b.id = $2::uuid
