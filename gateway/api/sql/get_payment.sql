-- get_payment
select p.id, p.account, p.amount, p.occurred_at, p.recorded_at, p.content_hash, p.merchant, p.status, p.wrong_account, p.bank_ref,
       array_prepend(p.source, p.later_sources), p.reference, p.request, p.stall, p.confirmed_at
from payment p where p.bucket = $1::int2 and p.id = $2::uuid
