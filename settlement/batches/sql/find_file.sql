-- find_file: one with the account it is paid from
select f.batch, f.account, f.merchant, f.created_at, f.execute_on::text, a.bin, a.number, a.holder
from payment_file f join bank_account a on a.id = f.account where f.bucket = $1::int2 and f.id = $2::uuid
