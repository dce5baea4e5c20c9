-- A stall's receipts are numbered from 1 without a gap, in the commit that tells of them: whoever was away sees what is missing.

create table stall_receipt (
    stall   uuid not null,
    payment uuid not null,
    n       bigint not null,
    bucket  smallint not null,
    primary key (bucket, stall, n)
);
insert into stall_receipt (bucket, stall, n, payment)
select bucket, stall, row_number() over (partition by bucket, stall order by id), id
from payment where stall is not null and amount > 0 and status in ('allocated', 'reversed');

alter type event_type add value 'payment_request.amount_set';

grant select, insert on stall_receipt to choso;
revoke update, delete, truncate on stall_receipt from choso;
