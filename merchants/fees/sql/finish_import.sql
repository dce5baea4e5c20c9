-- finish_import: names and phones are erased, unless there are rows to be sent again: their cells are asked for with their faults
update fee_import m set state = 'done', finished_at = $3::timestamptz, leased_to = null,
       file = case when exists (select from fee_import_error e where e.bucket = m.bucket and e.import = m.id) then m.file end
where m.bucket = $1::int2 and m.id = $2::uuid
