insert into statement_raw (file, part, body) values ($1::uuid, $2::int4, $3::bytea) on conflict do nothing
