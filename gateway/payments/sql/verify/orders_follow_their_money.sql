-- Every đồng of an order is in a part that is live, or asked back; what was credited is what was released.
with parts as (
    select bucket, "order" as id, sum(goods + shipping) as total, bool_or(status = 'open') as any_open, bool_and(status = 'open') as all_open,
           coalesce(sum(goods + shipping) filter (where status in ('paid', 'shipped', 'delivered')), 0) as live
    from seller_order group by bucket, "order"),
back as (
    select r.bucket, r."order" as id, coalesce(sum(f.amount) filter (where f.status <> 'failed'), 0) as given,
           coalesce(sum(f.amount) filter (where f.status = 'failed'), 0) as failed
    from order_refund r join refund f on f.bucket = r.bucket and f.id = r.refund where not r.is_return group by r.bucket, r."order"),
orders as (
    select o.*, p.total, p.any_open, p.all_open, q.status as asked, q.amount as asked_amount,
           q.amount_paid - p.live - coalesce(b.given, 0) as surplus, coalesce(b.failed, 0) as failed
    from shop_order o join parts p using (bucket, id)
    left join payment_request q on q.bucket = o.bucket and q.id = o.id left join back b on b.bucket = o.bucket and b.id = o.id),
bad as (
    select bucket, id, case
        when total <> amount then 'its parts are not its amount'
        when not cash and asked_amount is distinct from amount then 'its request asks for something else'
        when waiting and not all_open then 'waits, but a part of it does not'
        when not waiting and any_open then 'a part of it waits alone'
        when waiting and asked not in ('open', 'partially_paid') then 'waits for a request that is ' || asked
        when not cash and not waiting and not short and (surplus < 0 or surplus > failed) then 'has ' || surplus || ' that is for nothing'
        end as what
    from orders
    union all
    select s.bucket, s.id, 'was credited ' || s.credited || ', released ' || coalesce(r.sum, 0)
    from seller_order s left join (select bucket, subject, sum(amount) as sum from release group by bucket, subject) r
         on r.bucket = s.bucket and r.subject = s.id
    where s.credited <> coalesce(r.sum, 0)
    union all
    select s.bucket, s.id, 'its lines are not its goods' from seller_order s
    where s.goods <> (select sum(l.price * l.quantity) from order_line l where l.bucket = s.bucket and l."order" = s.id))
select (select count(*) from orders), (select count(*) from bad where what is not null),
       array(select 'order ' || id || ': ' || what from bad where what is not null limit 5)
