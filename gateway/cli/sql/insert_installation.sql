insert into installation (reference_key, session_key) values ($1, $2) on conflict do nothing
