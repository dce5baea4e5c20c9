update staff_session set token_hash = $2, second_factor_at = clock_timestamp(), seen_at = clock_timestamp()
where id = $1 and ended_at is null
