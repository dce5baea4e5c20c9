select q.status, q.amount_paid, q.token, p.name, p.phone, p.address, coalesce(g.return_days, 7)
from shop_order o
join merchant m on m.id = o.merchant
left join shop_setting g on g.collector = m.collector
left join payment_request q on q.bucket = o.bucket and q.id = o.id
left join person p on p.bucket = o.bucket and p.id = o.buyer
where o.bucket = $1::int2 and o.id = $2::uuid
