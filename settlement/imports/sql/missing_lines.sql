-- missing_lines: money that a notice told and no line of its account's statements, though they cover its day; older than $1.
-- Told for an account by proved, booked statements only: where no statement comes, nothing is missing
select p.id, p.account, p.amount, p.occurred_at
from payment p
where p.bucket between 0 and 63 and p.confirmed_at is null and p.status <> 'reversed' and p.occurred_at < $1::timestamptz
  and exists (select from statement s where s.bucket = p.bucket and s.account = p.account and s.state = 'booked' and s.proof = 'ok'
              and s.first_day <= (p.occurred_at at time zone 'Asia/Ho_Chi_Minh')::date + 1 and s.last_day >= (p.occurred_at at time zone 'Asia/Ho_Chi_Minh')::date)
order by p.bucket, p.id limit $2::int8
