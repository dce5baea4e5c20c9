with sums as (
    select f.bucket, f.payment, sum(f.amount) as refunded from refund f where f.status <> 'failed' group by f.bucket, f.payment),
bad as (
    select s.* , p.amount from sums s left join payment p on p.bucket = s.bucket and p.id = s.payment
    where p.id is null or s.refunded > p.amount)
select (select count(*) from sums), (select count(*) from bad), array(select 'payment ' || payment || ' refunds ' || refunded from bad limit 5)
