insert into journal (bucket, id, template, subject, occurred_at, recorded_at)
select u.bucket, u.id, u.template::posting_template, u.subject, u.occurred_at, u.recorded_at
from each($2::int8[], $3::text[], $4::uuid[], $5::timestamptz[], $6::timestamptz[]) u(id, template, subject, occurred_at, recorded_at)
