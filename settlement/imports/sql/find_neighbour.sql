-- find_neighbour: the account's statement that ends last before the day, of those with a closing balance
select closing, last_day::text from statement
where bucket = $1::int2 and account = $2::uuid and last_day < $3::text::date and closing is not null and file <> $4::uuid
order by last_day desc, created_at desc limit 1
