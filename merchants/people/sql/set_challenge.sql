update staff_session set challenge = $2, challenge_at = clock_timestamp() where id = $1 and ended_at is null
