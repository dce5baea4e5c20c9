select s.account, m.collector, (select a.collector from bank_account a where a.id = $2::uuid and a.valid_to is null)
from stall s join merchant m on m.id = s.merchant where s.id = $1::uuid for update of s
