with version as (update catalogue_version set version = version + 1 returning version),
     changed as (update product p set changed = version.version from version where p.bucket = $1 and p.id = $3 returning p.bucket, p.id),
     there as (select count(*) n from product_image where bucket = $1 and product = $3)
insert into product_image (bucket, id, product, position, alt, width, height)
select changed.bucket, $2, changed.id, there.n::integer, $4, $5, $6 from changed, there where there.n < 12 returning id
