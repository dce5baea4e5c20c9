update staff_totp set last_step = $2 where staff = $1 and last_step < $2
