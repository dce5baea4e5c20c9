insert into staff_passkey (id, staff, algorithm, public_key, counter, name) values ($1, $2, $3, $4, $5, $6) on conflict (id) do nothing
