insert into staff_totp (staff, secret, confirmed_at) values ($1, $2, clock_timestamp())
on conflict (staff) do update set secret = excluded.secret, last_step = 0, confirmed_at = excluded.confirmed_at
