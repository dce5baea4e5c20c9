delete from sign_in_attempt where subject = $1 or last_at < clock_timestamp() - interval '1 day'
