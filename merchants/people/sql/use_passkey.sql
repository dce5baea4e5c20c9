update staff_passkey set counter = $3, used_at = clock_timestamp() where id = $1 and staff = $2 and counter = $4
