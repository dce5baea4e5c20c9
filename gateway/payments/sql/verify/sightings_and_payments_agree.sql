with seen as (select bucket, payment, array_agg(source order by source) as sources from sighting group by bucket, payment),
bad as (
    select coalesce(p.bucket, s.bucket) as bucket, coalesce(p.id, s.payment) as id from payment p
    full join seen s on s.bucket = p.bucket and s.payment = p.id
    where s.payment is null or p.id is null or s.sources <> array(select x from unnest(array_prepend(p.source, p.later_sources)) x order by x))
select (select count(*) from sighting), (select count(*) from bad), array(select 'payment ' || id from bad limit 5)
