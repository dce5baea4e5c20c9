insert into feed (id, kind, name, auth, client_id, secret_hash, secret)
values ($1, $2, $3, $4::text::feed_auth, $5::text, $6::bytea, $7::bytea)
returning source
