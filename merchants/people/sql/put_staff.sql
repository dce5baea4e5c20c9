insert into staff (id, login, name, password) values ($1, $2, $3, $4)
on conflict (login) do update set name = excluded.name, password = excluded.password, temporary = false, revoked_at = null
returning id
