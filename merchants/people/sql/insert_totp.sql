insert into staff_totp as t (staff, secret) values ($1, $2)
on conflict (staff) do update set secret = excluded.secret, created_at = clock_timestamp(), last_step = 0 where t.confirmed_at is null
