insert into collector (id, name, bucket, mode) values ($1, $2, $3, $4::text::collector_mode)
