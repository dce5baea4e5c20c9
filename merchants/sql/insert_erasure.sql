insert into erasure (id, subject, bucket, by_whom, reason, at) values ($1, $2, $3, $4, $5, $6)
