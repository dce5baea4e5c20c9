-- verify_touched: no entry up to a bucket's last closed day is missing from the balances of its account
with last as (select distinct on (c.bucket) c.bucket, c.journal from day_close c order by c.bucket, c.day desc),
booked as (
    select e.bucket, e.account, max(e.seq) as seq from last l join entry e on e.bucket = l.bucket and e.journal <= l.journal group by e.bucket, e.account),
closed as (select b.bucket, b.account, max(b.seq_to) as seq from day_balance b group by b.bucket, b.account),
bad as (select k.bucket, k.account, k.seq, c.seq as closed from booked k left join closed c on c.bucket = k.bucket and c.account = k.account
        where c.seq is distinct from k.seq)
select (select count(*) from booked), (select count(*) from bad),
       array(select 'bucket ' || bucket || ' account ' || account || ': ' || seq || ' entries, closed up to ' || coalesce(closed, 0) from bad limit 5)
