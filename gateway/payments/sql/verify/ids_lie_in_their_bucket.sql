with all_ids as (
    select bucket, id, 'payment_request' as kind from payment_request union all select bucket, id, 'payment' from payment
    union all select bucket, id, 'refund' from refund union all select bucket, id, 'payout' from payout
    union all select bucket, id, 'settlement' from settlement_batch
    union all select bucket, id, 'order' from shop_order union all select bucket, id, 'seller order' from seller_order
    union all select bucket, id, 'bill' from bill union all select bucket, id, 'payer' from payer),
bad as (select * from all_ids where (((get_byte(uuid_send(id), 6) & 15) << 2) | (get_byte(uuid_send(id), 7) >> 6)) <> bucket)
select (select count(*) from all_ids), (select count(*) from bad), array(select kind || ' ' || id || ' in bucket ' || bucket from bad limit 5)
