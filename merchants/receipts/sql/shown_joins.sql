left join receipt c on c.bucket = r.bucket and c.cancels = r.id
left join receipt_issuer i on i.merchant = r.merchant
left join lateral (select p.name from person p where p.bucket = r.bucket and p.id = coalesce(
    (select b.payer from bill b where b.bucket = r.bucket and b.request = r.request),
    (select b.payer from bill_group g join bill b on b.bucket = g.bucket and b.id = g.bill
     where g.bucket = r.bucket and g.request = r.request and g.position = r.position limit 1), r.request)) w on true
