select coalesce((select r.n from stall_receipt r where r.bucket = $1::int2 and r.stall = $2::uuid order by r.n desc limit 1), 0)::int8
