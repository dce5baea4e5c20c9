select m.merchant, m.kind, m.state, m.file_name, m.problem, m.rows_all, m.rows_good, m.rows_done, m.rows_failed
from fee_import m where m.bucket = $1::int2 and m.id = $2::uuid
