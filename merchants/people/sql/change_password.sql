update staff set password = $2, temporary = false where id = $1 and password = $3 and revoked_at is null
