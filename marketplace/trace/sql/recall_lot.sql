with recalled as (
    update lot set recalled_at = $3, recall_why = $4 where bucket = $1 and id = $2 and recalled_at is null returning bucket, id, place, seller
)
insert into trace_event (bucket, id, lot, step, at, place, party, note)
select r.bucket, $5, r.id, 'recalling', $3, coalesce(nullif(r.place, ''), 'Không rõ'), s.name, $4 from recalled r join seller s on s.merchant = r.seller
returning id
