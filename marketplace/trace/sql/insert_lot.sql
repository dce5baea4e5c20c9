insert into lot (bucket, id, product, seller, number, code, made_on, expires_on, quantity, place, created_at)
select $1, $2, p.id, p.seller, $4, $5, $6::text::date, $7::text::date, $8, $9, $10 from product p where p.bucket = $1 and p.id = $3
on conflict do nothing returning id
