insert into product_version (bucket, product, version, at, actor, body)
select $1, n.product, n.version, $2, $3, n.body from unnest($4::uuid[], $5::int4[], $6::text[]) as n (product, version, body)
