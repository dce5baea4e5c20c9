select a.failures, a.last_at, now() from stall_pin_attempt a where a.stall = $1::uuid
