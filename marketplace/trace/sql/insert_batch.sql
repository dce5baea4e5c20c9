insert into stamp_batch (bucket, id, lot, count, with_secret, activated_at, created_at)
select $1, $2, l.id, $4, $5, $6, $7 from lot l where l.bucket = $1 and l.id = $3 returning id
