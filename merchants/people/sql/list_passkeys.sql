select id, name, created_at, used_at from staff_passkey where staff = $1 order by created_at
