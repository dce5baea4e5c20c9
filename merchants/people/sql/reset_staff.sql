update staff set password = $2, temporary = true where login = $1 and revoked_at is null returning id
