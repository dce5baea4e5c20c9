update statement_file set state = $2::text, code = $3::text, message = $4::text where id = $1::uuid
