select exception_columns(x)
from each($2::uuid[]) u(id)
cross join lateral (select * from exception x where x.bucket = u.bucket and x.id = u.id offset 0) x
