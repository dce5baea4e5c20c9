insert into trace_alert (bucket, id, at, kind, serial, detail) values ($1, $2, $3, $4, $5, $6) on conflict (bucket, serial, kind) do nothing
