select l.bill, l.kind, l.name, l.amount, l.quantity, l.item, l.online_only, l.reason, l.legal_basis, coalesce(i.code, '')
from each($2::uuid[]) u(id)
cross join lateral (select b.id, b.revision from bill b where b.bucket = u.bucket and b.id = u.id offset 0) b
cross join lateral (select * from bill_line l where l.bucket = u.bucket and l.bill = b.id and l.revision = b.revision offset 0) l
left join fee_item i on i.bucket = u.bucket and i.id = l.item
order by l.bill, l.position
