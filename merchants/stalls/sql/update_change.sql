update stall_account_change set state = $2::account_change_state, decided_by = $3, decided_at = $4, reason = $5 where id = $1::uuid and state = 'waiting'
