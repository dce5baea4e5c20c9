update staff_session set seen_at = clock_timestamp() where id = $1 and ended_at is null
