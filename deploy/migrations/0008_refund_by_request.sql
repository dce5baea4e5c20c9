-- A payer's page asks for the refunds of its request; money that came after a cancellation is allocated to nothing.
set local lock_timeout = '5s';
create index refund_request on refund (bucket, request) where request is not null;
