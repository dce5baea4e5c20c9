insert into variant (bucket, id, product, sku, title, attributes, barcode, price, sale_price, sale_from, sale_to, weight_g, position)
select $1, n.id, n.product, n.sku, n.title, string_to_array(n.attributes, E'\x1f'), n.barcode, n.price, n.sale_price, n.sale_from, n.sale_to, n.weight_g,
       n.position
from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int8[], $9::int8[], $10::timestamptz[], $11::timestamptz[],
            $12::int4[], $13::int4[])
     as n (id, product, sku, title, attributes, barcode, price, sale_price, sale_from, sale_to, weight_g, position)
on conflict (bucket, id) do update set sku = excluded.sku, title = excluded.title, attributes = excluded.attributes, barcode = excluded.barcode,
    price = excluded.price, sale_price = excluded.sale_price, sale_from = excluded.sale_from, sale_to = excluded.sale_to, weight_g = excluded.weight_g,
    position = excluded.position, active = true
