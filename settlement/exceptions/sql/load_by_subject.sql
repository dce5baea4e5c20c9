select exception_columns(x)
from each($2::text[], $3::uuid[]) u(kind, subject)
cross join lateral (select * from exception x where x.bucket = u.bucket and x.kind = u.kind::exception_kind and x.subject = u.subject offset 0) x
