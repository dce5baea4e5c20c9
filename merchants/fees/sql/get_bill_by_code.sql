select bill_columns from bill b bill_joins where b.bucket = $1::int2 and b.merchant = $2::uuid and b.code = $3::text
