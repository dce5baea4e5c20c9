select e.row, e.field, e.rule from fee_import_error e where e.bucket = $1::int2 and e.import = $2::uuid order by e.row
