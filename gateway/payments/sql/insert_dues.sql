insert into due (bucket, at, kind, subject)
select u.bucket, u.at, u.kind::due_kind, u.subject
from each($2::timestamptz[], $3::text[], $4::uuid[]) u(at, kind, subject)
on conflict do nothing
