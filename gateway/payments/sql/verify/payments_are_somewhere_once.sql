with sums as (
    select p.bucket, p.id, p.status, p.amount, p.request, coalesce(a.sum, 0) as allocated
    from payment p
    left join (select bucket, payment, sum(amount) as sum from allocation group by bucket, payment) a on a.bucket = p.bucket and a.payment = p.id),
bad as (
    select * from sums
    where allocated <> case when status = 'allocated' and request is not null then amount else 0 end
       or (status in ('outside', 'sent')) <> (amount < 0 and status <> 'reversed'))
select (select count(*) from payment), (select count(*) from bad),
       array(select 'payment ' || id || ' ' || status || ' ' || amount || ', allocated ' || allocated from bad limit 5)
