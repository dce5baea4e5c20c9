select secret, confirmed_at is not null, clock_timestamp() from staff_totp where staff = $1
