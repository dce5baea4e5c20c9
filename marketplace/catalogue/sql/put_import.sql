insert into catalogue_import as i (bucket, id, seller, format, name, state, rows_read, rows_taken, rows_bad, bad_rows, started_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
on conflict (bucket, id) do update set state = excluded.state, rows_read = excluded.rows_read, rows_taken = excluded.rows_taken,
    rows_bad = excluded.rows_bad, bad_rows = excluded.bad_rows, ended_at = case when excluded.state = 'running' then null else now() end
