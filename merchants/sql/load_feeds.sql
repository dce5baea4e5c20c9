select id, source, kind, name, auth, client_id, secret_hash, secret from feed where revoked_at is null order by id
