insert into receipt_issuer (merchant, symbol, tax_code, address) values ($1::uuid, $2::text, $3::text, $4::text)
on conflict (merchant) do update set symbol = excluded.symbol, tax_code = excluded.tax_code, address = excluded.address
