select id, bucket, at, command, error, bytes from quarantine order by at desc, bucket, id limit $1
