with bad as (
    select i.bucket, i.subject from idempotency i
    where i.outcome = 0 and not exists (select from payment_request r where r.bucket = i.bucket and r.id = i.subject)
      and not exists (select from refund f where f.bucket = i.bucket and f.id = i.subject)
      and not exists (select from payment p where p.bucket = i.bucket and p.id = i.subject)
      and not exists (select from payout o where o.bucket = i.bucket and o.id = i.subject)
      and not exists (select from shop_order h where h.bucket = i.bucket and h.id = i.subject)
      and not exists (select from bill x where x.bucket = i.bucket and x.id = i.subject)
      and not exists (select from settlement_batch s where s.bucket = i.bucket and s.id = i.subject)
      and not exists (select from benefit_list l where l.bucket = i.bucket and l.id = i.subject))
select (select count(*) from idempotency), (select count(*) from bad), array(select 'subject ' || subject from bad limit 5)
