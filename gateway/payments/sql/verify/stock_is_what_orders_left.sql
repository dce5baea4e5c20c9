-- What is reserved of a variant is what orders that wait for their money want of it.
with wanted as (
    select l.bucket, l.variant, sum(l.quantity) as quantity
    from seller_order s join order_line l on l.bucket = s.bucket and l."order" = s.id where s.status = 'open' group by l.bucket, l.variant),
bad as (
    select bucket, variant, coalesce(s.reserved, 0) as reserved, coalesce(w.quantity, 0) as quantity
    from stock s full join wanted w using (bucket, variant) where coalesce(s.reserved, 0) <> coalesce(w.quantity, 0) or s.reserved > s.on_hand)
select (select count(*) from stock), (select count(*) from bad),
       array(select 'variant ' || variant || ' has ' || reserved || ' reserved, orders wait for ' || quantity from bad limit 5)
