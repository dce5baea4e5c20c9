select l.bill, l.kind, l.name, l.amount, l.quantity, l.item, l.online_only, l.reason, l.legal_basis, coalesce(i.code, '')
from unnest($1::int2[], $2::uuid[], $3::int4[]) u(bucket, bill, revision)
cross join lateral (select * from bill_line l where l.bucket = u.bucket and l.bill = u.bill and l.revision = u.revision offset 0) l
left join fee_item i on i.bucket = u.bucket and i.id = l.item
order by l.bill, l.position
