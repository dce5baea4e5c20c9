update staff_recovery_code set used_at = clock_timestamp() where staff = $1 and hash = $2 and used_at is null
