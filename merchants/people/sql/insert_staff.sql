insert into staff (id, login, name, password, temporary) values ($1, $2, $3, $4, $5) on conflict (login) do nothing
