insert into stamp_check (bucket, id, at, serial, place, latitude, longitude, secret, outcome) values ($1, $2, $3, $4, $5, $6::text::real, $7::text::real, $8, $9)
