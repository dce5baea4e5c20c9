-- verify_balances: each closed day of each account follows from the one before and from its entries
with rows as (
    select d.*, coalesce(lag(d.closing) over w, 0) as before, coalesce(lag(d.seq_to) over w, 0) as seq_before
    from day_balance d window w as (partition by d.bucket, d.account order by d.day)),
sums as (
    select r.*, (select e.balance from entry e where e.bucket = r.bucket and e.account = r.account and e.seq = r.seq_to) as booked,
           (select sum(e.amount) from entry e where e.bucket = r.bucket and e.account = r.account and e.seq > r.seq_from and e.seq <= r.seq_to) as moved
    from rows r),
bad as (select * from sums where opening <> before or seq_from <> seq_before or closing is distinct from booked or opening + moved is distinct from closing)
select (select count(*) from sums), (select count(*) from bad),
       array(select 'bucket ' || bucket || ' account ' || account || ' day ' || day || ': ' || opening || ' + ' || moved || ' is not ' || closing from bad limit 5)
