-- stall_numbers: its last number, and the median of its latest hundred receipts if there are five
select coalesce((select s.n from stall_receipt s where s.bucket = $1::int2 and s.stall = $2::uuid order by s.n desc limit 1), 0)::int8,
       coalesce((select case when count(*) >= 5 then percentile_disc(0.5) within group (order by p.amount) end
                 from (select s.bucket, s.payment from stall_receipt s where s.bucket = $1::int2 and s.stall = $2::uuid order by s.n desc limit 100) s
                 join payment p on p.bucket = s.bucket and p.id = s.payment where p.bucket = $1::int2), 0)::int8
