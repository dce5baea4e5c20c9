with told as (
    select e.bucket, e.subject from event e where e.type in ('payment.received', 'payment.unreferenced', 'payment.wrong_account') group by e.bucket, e.subject),
missing as (
    select p.bucket, p.id from payment p where p.amount > 0
    except select bucket, subject from told)
select (select count(*) from payment where amount > 0), (select count(*) from missing), array(select 'payment ' || id from missing limit 5)
