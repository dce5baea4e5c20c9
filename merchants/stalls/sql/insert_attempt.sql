insert into stall_pin_attempt (stall, failures, last_at) values ($1, 1, now())
on conflict (stall) do update set failures = stall_pin_attempt.failures + 1, last_at = now()
