select id, live from merchant where id = any($1::uuid[])
