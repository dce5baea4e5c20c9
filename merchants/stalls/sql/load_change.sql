select c.id, c.stall, c.account, c.before, a.bin, a.number, a.holder, c.asked_by, c.asked_at, c.earliest
from stall_account_change c join bank_account a on a.id = c.account
where c.state = 'waiting' and ($1::uuid is null or c.stall = $1::uuid) and ($2::uuid is null or c.id = $2::uuid) order by c.asked_at
