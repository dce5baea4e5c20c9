update staff_totp set confirmed_at = clock_timestamp(), last_step = $2 where staff = $1 and confirmed_at is null
