-- get_statement: one, as the desk shows it
select s.id, s.account, s.format, s.sequence, s.opening, s.closing, s.difference, s.lines, s.first_day::text, s.last_day::text, s.proof::text, s.state,
       s.held_why, s.confirmed, s.posted, s.repeated, s.kept_out, s.warnings, s.created_at
from statement s where s.bucket = $1::int2 and s.id = $2::uuid
