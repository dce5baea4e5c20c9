insert into ledger_account (bucket, id, kind, subject)
select u.bucket, u.id, u.kind::account_kind, u.subject
from each($2::int4[], $3::text[], $4::uuid[]) u(id, kind, subject)
