with sums as (
    select b.bucket, b.id, b.amount, coalesce(sum(l.amount), 0) as lines, coalesce(sum(o.amount), 0) as payouts
    from settlement_batch b
    left join settlement_line l on l.bucket = b.bucket and l.batch = b.id
    left join payout o on o.bucket = l.bucket and o.id = l.payout and o.merchant = l.merchant and o.purpose = 'settlement'
    group by b.bucket, b.id),
bad as (
    select id, 'is ' || amount || ', its lines ' || lines || ', its payouts ' || payouts as what from sums where amount <> lines or amount <> payouts
    union all
    select o.id, 'is a settlement''s payout in no batch' from payout o
    left join settlement_line l on l.bucket = o.bucket and l.payout = o.id where o.purpose = 'settlement' and l.payout is null)
select (select count(*) from sums), (select count(*) from bad), array(select id || ' ' || what from bad limit 5)
