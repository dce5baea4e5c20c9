left join receipt c on c.bucket = r.bucket and c.cancels = r.id
left join receipt_issuer i on i.merchant = r.merchant
left join lateral (select p.name from person p where p.bucket = r.bucket and p.id = r.request) w on true
