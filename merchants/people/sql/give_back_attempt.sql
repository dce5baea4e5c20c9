update sign_in_attempt set failures = failures - 1, wait_until = least(wait_until, clock_timestamp()) where subject = $1 and failures > 0
