select c.bill, c.id, c.kind, c.amount, c.desk, exists (select from bill_cover x where x.bucket = u.bucket and x.undoes = c.id)
from each($2::uuid[], $3::uuid[]) u(id, bill)
cross join lateral (select * from bill_cover c where c.bucket = u.bucket and c.bill = u.bill and c.id = u.id offset 0) c
