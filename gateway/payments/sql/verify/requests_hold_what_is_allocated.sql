with sums as (
    select r.bucket, r.id, r.amount_paid, r.late_paid, coalesce(a.sum, 0) as allocated, coalesce(a.late, 0) as late
    from payment_request r
    left join (select a.bucket, a.request, sum(a.amount) as sum,
                      sum(a.amount) filter (where p.occurred_at > q.expires_at) as late
               from allocation a
               join payment p on p.bucket = a.bucket and p.id = a.payment
               join payment_request q on q.bucket = a.bucket and q.id = a.request
               group by a.bucket, a.request) a on a.bucket = r.bucket and a.request = r.id),
bad as (select * from sums where amount_paid <> allocated or late_paid <> late)
select (select count(*) from payment_request), (select count(*) from bad),
       array(select 'request ' || id || ' says ' || amount_paid || ' (' || late_paid || ' late), allocations say ' || allocated || ' (' || late || ')' from bad limit 5)
