with money as (
    select a.bucket, a.payment, r.id, sum(a.amount) as amount, (r.fill = 'together' and r.amount_paid < r.amount) or r.fill = 'on_release' as held
    from allocation a join payment_request r on r.bucket = a.bucket and r.id = a.request
    where r.fill is not null group by a.bucket, a.payment, r.bucket, r.id),
parts as (select bucket, payment, request as id, sum(amount) as shared from share group by bucket, payment, request),
bad as (
    select bucket, payment, amount, shared from money full join parts using (bucket, payment, id)
    where amount is null or coalesce(shared, 0) <> case when held then 0 else amount end)
select (select count(*) from money), (select count(*) from bad),
       array(select 'payment ' || payment || ' stands for ' || coalesce(amount, 0) || ', its shares are ' || coalesce(shared, 0) from bad limit 5)
