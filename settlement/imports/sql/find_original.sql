-- find_original: the credit that a line takes back: by a reference it may be named by, else the only one of the amount
-- within the days before that is not taken back
select p.id from payment p
where p.bucket = $1::int2 and p.account = $2::uuid and p.amount = $3::int8 and p.bank_ref = any($4::text[])
  and p.occurred_at >= $5::timestamptz and p.occurred_at < $6::timestamptz
order by p.status = 'reversed', p.occurred_at limit 1
