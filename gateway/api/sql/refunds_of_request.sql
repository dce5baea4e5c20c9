-- refunds_of_request: by the request itself, since money that came after a cancellation was never allocated
select refund_columns(f) from refund f where f.bucket = $1::int2 and f.request = $2::uuid order by f.id
