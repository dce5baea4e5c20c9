with changed as (
    update seller set state = $3::text::seller_state where merchant = $1 and state = $2::text::seller_state returning merchant, bucket
), version as (
    update catalogue_version set version = version + 1 where exists (select from changed) returning version
), found_anew as (
    -- Its products come into sight or leave it.
    update product p set changed = version.version from changed, version where p.bucket = changed.bucket and p.seller = changed.merchant
)
insert into seller_step (bucket, id, seller, at, actor, was, becomes, reason)
select bucket, $4, merchant, $5, $6, $2::text::seller_state, $3::text::seller_state, $7 from changed
returning id
