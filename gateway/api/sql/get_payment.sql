-- get_payment
select payment_columns(p)
from payment p where p.bucket = $1::int2 and p.id = $2::uuid
