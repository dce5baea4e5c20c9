select id from staff where login = $1 and revoked_at is null
