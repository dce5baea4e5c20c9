-- Of each person, period and programme at most one line can pay anything; each payout of benefits is one line's, of its amount.
with alive as (
    select i.bucket, i.programme, i.period, i.code, count(*) as n
    from benefit_item i
    join benefit_list l on l.bucket = i.bucket and l.id = i.list
    left join payout o on o.bucket = i.bucket and o.id = i.payout
    where i.problem = '' and l.status <> 'rejected' and i.cash_paid is distinct from false
      and not coalesce(o.status = 'failed' or o.returned_by is not null, false)
    group by 1, 2, 3, 4),
bad as (
    select bucket, 'person ' || code || ' in ' || period || ' has ' || n || ' living lines' as what from alive where n > 1
    union all
    select o.bucket, 'payout ' || o.id || ' is no line''s' from payout o
    left join benefit_item i on i.bucket = o.bucket and i.payout = o.id
    left join benefit_list l on l.bucket = i.bucket and l.id = i.list
    where o.purpose = 'benefit' and (i.id is null or i.amount <> o.amount or i.programme <> o.programme or l.merchant <> o.merchant
                                     or l.status in ('checked', 'rejected') or i.way <> 'transfer' or i.problem <> '')
    union all
    select i.bucket, 'line ' || i.id || ' names a payout that is not there' from benefit_item i
    left join payout o on o.bucket = i.bucket and o.id = i.payout
    where i.payout is not null and (o.id is null or o.purpose <> 'benefit'))
select (select count(*) from benefit_item), (select count(*) from bad), array(select what from bad limit 5)
