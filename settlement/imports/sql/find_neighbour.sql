-- find_neighbour: the last day before of which the account's statement is here, and whether one of that day ends where this
-- one begins, or one of the same day does: a day may have come in several files, cut or whole
select s.last_day::text, bool_or(s.closing = $5::int8)
       or exists (select from statement h where h.bucket = $1::int2 and h.account = $2::uuid and h.last_day = $3::text::date and h.file <> $4::uuid
                  and h.closing = $5::int8)
from statement s
where s.bucket = $1::int2 and s.account = $2::uuid and s.closing is not null
  and s.last_day = (select max(b.last_day) from statement b
                    where b.bucket = $1::int2 and b.account = $2::uuid and b.last_day < $3::text::date and b.closing is not null and b.file <> $4::uuid)
group by s.last_day
