delete from due d
using each($2::timestamptz[], $3::text[], $4::uuid[]) u(at, kind, subject)
where d.bucket = u.bucket and d.at = u.at and d.kind = u.kind::due_kind and d.subject = u.subject
