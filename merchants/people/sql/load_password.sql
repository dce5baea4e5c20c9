select login, name, password from staff where id = $1 and revoked_at is null
