select exists (select from staff_totp t where t.staff = $1 and t.confirmed_at is not null),
       (select count(*) from staff_recovery_code c where c.staff = $1 and c.used_at is null)
