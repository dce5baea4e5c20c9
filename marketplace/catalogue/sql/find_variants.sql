select id, product, sku, title from variant where bucket = $1 and product = any($2::uuid[])
