select a.number, m.live
from bank_account a join merchant m on m.collector = a.collector and m.is_owner
where a.id = any($1::uuid[]) and a.valid_to is null
