delete from staff_passkey where id = $1 and staff = $2
