with lines as (
    select r.bucket, r.id, r.fill, r.amount, r.amount_paid, l.position, l.amount as line,
           coalesce(sum(l.amount) over (partition by r.bucket, r.id order by l.position rows between unbounded preceding and 1 preceding), 0) as before,
           coalesce((select sum(s.amount) from share s where s.bucket = r.bucket and s.request = r.id and s.position = l.position), 0) as filled
    from payment_request r join split_line l on l.bucket = r.bucket and l.request = r.id where r.fill is not null),
bad as (
    select bucket, id, 'line ' || position || ' of ' || line || ' holds ' || filled as what from lines
    where filled <> case when (fill = 'together' and amount_paid < amount) or fill = 'on_release' then 0 else greatest(0, least(line, amount_paid - before)) end
    union all
    select r.bucket, r.id, 'its lines are not its amount' from payment_request r
    where r.fill is not null and r.amount is distinct from (select sum(l.amount) from split_line l where l.bucket = r.bucket and l.request = r.id)
    union all
    select r.bucket, r.id, 'the asker holds something else than what came over' from payment_request r
    where r.fill <> 'on_release' and greatest(0, r.amount_paid - r.amount)
          <> coalesce((select sum(s.amount) from share s where s.bucket = r.bucket and s.request = r.id and s.position = 0), 0)
    union all
    select s.bucket, s.request, 'has a share of no line of its own' from share s
    left join payment_request r on r.bucket = s.bucket and r.id = s.request
    left join split_line l on l.bucket = s.bucket and l.request = s.request and l.position = s.position
    where r.fill is null or s.merchant is distinct from case when s.position = 0 then r.merchant else l.merchant end)
select (select count(*) from lines), (select count(*) from bad), array(select 'request ' || id || ': ' || what from bad limit 5)
