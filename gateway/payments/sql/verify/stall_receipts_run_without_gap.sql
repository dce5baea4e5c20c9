with run as (
    select s.bucket, s.stall, min(s.n) as first, max(s.n) as last, count(*) as receipts, count(p.id) as payments
    from stall_receipt s left join payment p on p.bucket = s.bucket and p.id = s.payment
    group by s.bucket, s.stall),
bad as (select * from run where first <> 1 or last <> receipts or payments <> receipts)
select (select count(*) from stall_receipt), (select count(*) from bad),
       array(select 'stall ' || stall || ' counts ' || first || ' to ' || last || ' with ' || receipts || ' receipts' from bad limit 5)
