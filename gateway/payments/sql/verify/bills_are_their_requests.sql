-- A bill that asks for something has a request of its own that asks for the same; its amount is its newest lines'.
with lines as (
    select b.bucket, b.id, b.amount, b.stage::text as stage, b.request, r.amount as asked, r.merchant = b.merchant as own,
           (select coalesce(sum(l.amount), 0) from bill_line l where l.bucket = b.bucket and l.bill = b.id and l.revision = b.revision
                                                              and not (l.online_only and b.at_counter)) as lines
    from bill b left join payment_request r on r.bucket = b.bucket and r.id = b.request),
bad as (
    select bucket, id, 'is ' || amount || ', its lines are ' || lines as what from lines where amount <> lines
    union all
    select bucket, id, 'asks for ' || amount || ', its request for ' || coalesce(asked::text, 'nothing') from lines
    where stage in ('issued', 'written_off') and amount > 0 and (asked is distinct from amount or own is distinct from true)
    union all
    select bucket, id, 'is a draft with a request' from lines where stage = 'draft' and request is not null)
select (select count(*) from lines), (select count(*) from bad), array(select 'bill ' || id || ' ' || what from bad limit 5)
