-- list_statements: newest first over some accounts, each in its own bucket
select s.id, s.account, s.format, s.sequence, s.opening, s.closing, s.difference, s.lines, s.first_day::text, s.last_day::text, s.proof::text, s.state,
       s.held_why, s.confirmed, s.posted, s.repeated, s.kept_out, s.warnings, s.created_at
from unnest($1::int2[], $2::uuid[]) m(bucket, account)
cross join lateral (select * from statement s where s.bucket = m.bucket and s.account = m.account and ($3::uuid is null or s.id < $3::uuid)
                    order by s.id desc limit $4::int8 offset 0) s
order by s.id desc limit $4::int8
