insert into seller_order (bucket, id, "order", seller, goods, shipping, updated_at, position, commission_bp, shipping_vat_bp, shipping_pit_bp, status)
select u.bucket, u.id, u.parent, u.seller, u.goods, u.shipping, u.updated_at, u.position, u.commission_bp, u.vat_bp, u.pit_bp, u.status::order_status
from each($2::uuid[], $3::uuid[], $4::uuid[], $5::int8[], $6::int8[], $7::timestamptz[], $8::int2[], $9::int4[], $10::int4[], $11::int4[], $12::text[])
     u(id, parent, seller, goods, shipping, updated_at, position, commission_bp, vat_bp, pit_bp, status)
