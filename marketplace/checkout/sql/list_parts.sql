select s.id, s."order", s.seller, s.position, s.status, s.reason, s.goods, s.shipping, s.commission_bp, s.shipping_vat_bp, s.shipping_pit_bp,
       s.credited, s.credited_commission, s.credited_tax, s.updated_at,
       o.code, coalesce(p.name, ''), coalesce(p.phone, ''), coalesce(p.address, ''), o.note, o.created_at, o.short,
       (select count(*) from order_return r where r.bucket = s.bucket and r."order" = s.id and r.status = 'requested')
from seller_order s
join shop_order o on o.bucket = s.bucket and o.id = s."order"
left join person p on p.bucket = o.bucket and p.id = o.buyer
where s.bucket = $1::int2 and s.seller = any($2::uuid[]) and ($3::uuid is null or s.id < $3::uuid)
order by s.id desc limit $4::int8
