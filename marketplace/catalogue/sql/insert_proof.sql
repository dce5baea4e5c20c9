with version as (update catalogue_version set version = version + 1 returning version),
     changed as (update product p set changed = version.version from version where p.bucket = $1 and p.id = $3 returning p.id)
insert into product_proof (bucket, id, product, kind, stars, name, number, issuer, decided_on, valid_until, reviewer)
select $1, $2, changed.id, $4, $5::int2, $6, $7, $8, $9::text::date, $10::text::date, $11 from changed returning id
