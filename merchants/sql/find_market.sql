select id from market where id = $1
