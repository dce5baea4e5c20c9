select public_key, counter from staff_passkey where id = $1 and staff = $2
