with lines as (
    select l.bucket, l.id, count(i.id) as n, count(i.id) filter (where i.problem = '') as good,
           coalesce(sum(i.amount) filter (where i.problem = '' and i.way = 'transfer'), 0) as amount,
           coalesce(sum(i.amount) filter (where i.problem = '' and i.way = 'cash'), 0) as cash,
           count(i.id) filter (where i.problem = '' and i.way = 'transfer' and i.payout is null) as left_over
    from benefit_list l left join benefit_item i on i.bucket = l.bucket and i.list = l.id group by l.bucket, l.id),
bad as (
    select b.bucket, b.id from benefit_list b join lines using (bucket, id)
    where b.rows_all <> n or b.rows_good <> good or b.amount <> lines.amount or b.cash_amount <> cash
       or (b.status in ('handed_over', 'closed') and left_over > 0)
       or (b.status = 'approved' and not exists (select from due d where d.bucket = b.bucket and d.kind = 'benefit_batch' and d.subject = b.id))
       or (((get_byte(uuid_send(b.id), 6) & 15) << 2) | (get_byte(uuid_send(b.id), 7) >> 6)) <> b.bucket)
select (select count(*) from lines), (select count(*) from bad), array(select 'list ' || id from bad limit 5)
