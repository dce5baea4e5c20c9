update staff_session set ended_at = clock_timestamp() where id = $1 and staff = $2 and ended_at is null
