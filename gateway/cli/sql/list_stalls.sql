select s.id, s.name, s.number, m.name, s.merchant, s.account, s.reference
from stall s join market m on m.id = s.market
order by m.name, s.number, s.id
