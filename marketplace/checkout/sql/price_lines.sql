-- What each wanted line is and costs now; rows for those alone that may be bought. `$4` the time, `$5` the day in Vietnam.
-- The arrays stand behind sub-selects so that a plan made for them costs no less than one for any: the statement, of a dozen
-- tables, is then planned five times a connection and not each time, which took longer than running it.
select u.n, p.id, v.id, p.seller, s.name, p.name, v.title, p.unit,
       case when v.sale_price is not null and coalesce(v.sale_from <= $4, true) and coalesce($4 < v.sale_to, true) then v.sale_price else v.price end,
       v.price, c.tax_class, coalesce(k.on_hand - k.reserved, 0),
       coalesce(w.vat_bp, 0), coalesce(w.pit_bp, 0), coalesce(t.vat_bp, 0), coalesce(t.pit_bp, 0), coalesce(m.rate_bp, 0),
       o.collector, coalesce(g.shipping_fee, 0), g.free_from, coalesce(g.open_orders_max, 3), coalesce(g.expires_in, 900), coalesce(g.cash, false),
       p.slug, i.id
from unnest((select $1::int2[]), (select $2::uuid[]), (select $3::uuid[])) with ordinality u(bucket, product, variant, n)
join product p on p.bucket = u.bucket and p.id = u.product and p.state = 'published'
join seller s on s.merchant = p.seller and s.state = 'approved'
join merchant o on o.id = s.merchant
join category c on c.id = p.category
cross join lateral (
    select * from variant v where v.bucket = u.bucket and v.product = u.product and v.active and (u.variant is null or v.id = u.variant)
    order by v.position, v.id limit 1) v
left join stock k on k.bucket = u.bucket and k.variant = v.id
left join withholding_rate w on s.kind in ('household', 'individual') and w.tax_class = c.tax_class and w.resident = s.resident
     and w.valid_from <= ($5::timestamptz at time zone 'UTC')::date and (w.valid_to is null or ($5::timestamptz at time zone 'UTC')::date < w.valid_to)
left join withholding_rate t on s.kind in ('household', 'individual') and t.tax_class = 'transport' and t.resident = s.resident
     and t.valid_from <= ($5::timestamptz at time zone 'UTC')::date and (t.valid_to is null or ($5::timestamptz at time zone 'UTC')::date < t.valid_to)
left join lateral (
    select r.rate_bp from commission_rule r
    where r.collector = o.collector and (r.category is null or r.category = p.category) and (r.kind is null or r.kind = s.kind)
      and r.valid_from <= ($5::timestamptz at time zone 'UTC')::date and (r.valid_to is null or ($5::timestamptz at time zone 'UTC')::date < r.valid_to)
    order by r.position limit 1) m on true
left join shop_setting g on g.collector = o.collector
left join lateral (select i.id from product_image i where i.bucket = p.bucket and i.product = p.id order by i.position, i.id limit 1) i on true
order by u.n
