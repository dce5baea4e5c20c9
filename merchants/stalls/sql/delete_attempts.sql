delete from stall_pin_attempt where stall = $1::uuid
