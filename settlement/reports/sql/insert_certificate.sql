insert into signing_certificate (id, certificate, key) values ($1::uuid, $2::text, $3::bytea) on conflict do nothing
