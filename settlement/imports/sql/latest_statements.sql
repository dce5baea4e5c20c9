-- latest_statements: the newest of some accounts, with their files
select s.account, f.name, s.format, s.first_day::text, s.last_day::text, s.lines, s.proof::text, s.state, s.held_why, s.confirmed, s.posted, s.repeated, s.kept_out, s.created_at
from (select s.* from unnest($1::int2[], $2::uuid[]) a(bucket, account)
      cross join lateral (select * from statement s where s.bucket = a.bucket and s.account = a.account order by s.last_day desc nulls last, s.created_at desc limit $3::int8 offset 0) s
      order by s.created_at desc limit $3::int8) s
join statement_file f on f.id = s.file
order by s.created_at desc
