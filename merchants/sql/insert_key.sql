insert into api_key (id, name, prefix, hash, live, scopes) values ($1, $2, $3, $4, $5, $6)
