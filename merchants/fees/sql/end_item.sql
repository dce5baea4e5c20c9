update fee_item i set valid_to = $4::date - 1
where i.bucket = $1::int2 and i.merchant = $2::uuid and i.code = $3::text and i.valid_from < $4::date
  and (i.valid_to is null or i.valid_to >= $4::date)
