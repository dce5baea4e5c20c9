update staff set revoked_at = clock_timestamp() where login = $1 and revoked_at is null returning id
