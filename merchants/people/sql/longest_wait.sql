select coalesce(ceil(extract(epoch from max(wait_until) - clock_timestamp())), 1)::int8 from sign_in_attempt where subject = any($1::bytea[])
