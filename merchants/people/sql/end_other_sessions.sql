update staff_session set ended_at = clock_timestamp() where staff = $1 and id <> $2 and ended_at is null
