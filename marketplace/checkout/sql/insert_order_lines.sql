insert into order_line (bucket, "order", variant, product, quantity, price, position, vat_bp, pit_bp, tax_class, name, unit)
select u.bucket, u.parent, u.variant, u.product, u.quantity, u.price, u.position, u.vat_bp, u.pit_bp, u.tax_class::tax_class, u.name, u.unit
from each($2::uuid[], $3::uuid[], $4::uuid[], $5::int8[], $6::int8[], $7::int2[], $8::int4[], $9::int4[], $10::text[], $11::text[], $12::text[])
     u(parent, variant, product, quantity, price, position, vat_bp, pit_bp, tax_class, name, unit)
