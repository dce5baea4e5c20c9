-- check_photo: the day's money of a stall, or of its own account and nobody's, of that amount or whose bank reference ends so
select p.id, p.amount, p.occurred_at, p.status = 'reversed'
from payment p where p.bucket = $1::int2 and p.merchant = $2::uuid and p.id >= $3::uuid and p.amount > 0
                 and (p.stall = $4::uuid or (p.status = 'unreferenced' and p.account = $5::uuid))
                 and ($6::int8 is null or p.amount = $6::int8)
                 and ($7::text is null or right(upper(regexp_replace(p.bank_ref, '[^0-9A-Za-z]', '', 'g')), length($7::text)) = upper($7::text))
order by p.id desc limit 5
