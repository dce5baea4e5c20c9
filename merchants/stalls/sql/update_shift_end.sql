update stall_shift set ended_at = $2::timestamptz where id = $1::uuid and ended_at is null
