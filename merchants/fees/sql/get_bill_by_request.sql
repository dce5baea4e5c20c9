select bill_columns from bill b bill_joins where b.bucket = $1::int2 and b.request = $2::uuid
