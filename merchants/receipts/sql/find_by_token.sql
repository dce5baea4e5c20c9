select shown_columns
from receipt r
shown_joins
where r.bucket = $1::int2 and r.token = $2::uuid
