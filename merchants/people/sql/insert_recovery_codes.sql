insert into staff_recovery_code (staff, hash) select $1, u.hash from unnest($2::bytea[]) u(hash)
