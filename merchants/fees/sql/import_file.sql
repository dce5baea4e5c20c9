select m.file from fee_import m where m.bucket = $1::int2 and m.id = $2::uuid and m.file is not null
