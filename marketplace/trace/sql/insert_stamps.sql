insert into stamp (bucket, batch, serial, secret_hash) select $1, $2, n.serial, n.hash from unnest($3::text[], $4::bytea[]) as n (serial, hash)
