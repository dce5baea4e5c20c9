insert into trace_event (bucket, id, lot, step, at, place, party, note)
select $1, $2, l.id, $4, $5, $6, $7, $8 from lot l where l.bucket = $1 and l.id = $3 returning id
