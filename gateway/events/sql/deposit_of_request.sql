-- deposit_of_request: whose case a request is the advance of, and the account it is paid into
select d.merchant, q.account
from deposit d join payment_request q on q.bucket = d.bucket and q.id = d.id
where d.bucket = $1::int2 and d.id = $2::uuid
