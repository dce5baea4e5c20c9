update fee_rule r set valid_to = $4::timestamptz
where r.bucket = $1::int2 and r.merchant = $2::uuid and r.id = $3::uuid and r.valid_from < $4::timestamptz
  and (r.valid_to is null or r.valid_to > $4::timestamptz)
