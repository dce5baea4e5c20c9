-- find_original: the credit that a line takes back, by the bank's references it may be named by, likeliest first; one that
-- still stands before one that is taken back already
select p.id from payment p
where p.bucket = $1::int2 and p.account = $2::uuid and p.amount = $3::int8 and p.bank_ref = any($4::text[])
  and p.occurred_at >= $5::timestamptz and p.occurred_at < $6::timestamptz
order by array_position($4::text[], p.bank_ref), p.status = 'reversed', p.occurred_at limit 1
