select b.id, b.merchant, b.payer, b.unit, b.request, b.amount, b.amount_min, b.created_at, b.issued_at, coalesce(b.due::text, ''),
       b.revision, b.stage, b.partial, b.at_counter, coalesce(b.confirmed, ''), coalesce(b.number, ''), b.title, coalesce(b.code, ''),
       coalesce(b.visit, ''), b.told,
       (select coalesce(sum(c.amount), 0)::int8 from bill_cover c where c.bucket = u.bucket and c.bill = b.id),
       (select coalesce(sum(s.amount), 0)::int8 from bill_group g
        join share s on s.bucket = g.bucket and s.request = g.request and s.position = g.position
        where g.bucket = u.bucket and g.bill = b.id),
       (select coalesce(max(h.n), 0)::int4 from bill_change h where h.bucket = u.bucket and h.bill = b.id), p.categories
from each($2::uuid[]) u(id)
cross join lateral (select * from bill b where b.bucket = u.bucket and b.id = u.id offset 0) b
join payer p on p.bucket = u.bucket and p.id = b.payer
