insert into market (id, name, ward, province) values ($1, $2, $3, $4)
