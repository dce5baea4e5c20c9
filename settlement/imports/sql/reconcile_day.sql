-- reconcile_day: what the banks' lines of a day are, an account a row
select l.bucket, l.account, count(*), count(l.payment), count(*) filter (where p.request is not null or p.stall is not null),
       count(*) filter (where p.status = 'unreferenced'), count(*) filter (where p.status = 'outside'), count(*) filter (where p.status = 'reversed'),
       count(*) filter (where l.how = 'kept_out'), count(*) filter (where l.how = 'held'), coalesce(sum(l.amount), 0)::int8,
       coalesce(sum(l.amount) filter (where l.payment is null), 0)::int8
from statement_line l left join payment p on p.bucket = l.bucket and p.id = l.payment
where l.bucket between 0 and 63 and l.booked = $1::text::date
group by l.bucket, l.account order by l.bucket, l.account
