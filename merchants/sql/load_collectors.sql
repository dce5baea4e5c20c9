select id, name, bucket, mode from collector
